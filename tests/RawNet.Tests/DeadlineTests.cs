using Testing;

namespace RawNet.Tests;

public sealed class DeadlineTests : IDisposable
{
    readonly ManualTime time = new();
    readonly Heartbeat heartbeat;
    readonly Recorder owner = new();
    readonly Deadline deadline;

    public DeadlineTests()
    {
        heartbeat = new Heartbeat(time);
        deadline = heartbeat.Register(owner);
    }

    public void Dispose()
    {
        deadline.Dispose();
        heartbeat.Dispose();
    }

    [Fact]
    public void It_is_not_set_at_first()
    {
        time.Advance(100_000);
        Assert.Empty(owner.Calls);
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(100, 100)]
    [InlineData(101, 200)]
    [InlineData(10_000, 10_000)]
    public void It_is_noticed_once_at_the_first_tick_not_before_its_moment(int due, int noticed)
    {
        deadline.SetDue(due);
        time.Advance(noticed - 1);
        Assert.Empty(owner.Calls);
        time.Advance(60_000);
        Assert.Equal(noticed, Assert.Single(owner.Calls));
    }

    [Fact]
    public void A_moment_in_the_past_is_noticed_at_the_next_tick()
    {
        time.Advance(5000);
        deadline.SetDue(1);
        time.Advance(100);
        Assert.Equal(5100, Assert.Single(owner.Calls));
    }

    [Fact]
    public void Cleared_it_calls_nobody()
    {
        deadline.SetDueIn(100);
        deadline.Clear();
        time.Advance(1000);
        Assert.Empty(owner.Calls);
    }

    [Fact]
    public void Set_again_the_last_moment_counts()
    {
        deadline.SetDueIn(100);
        deadline.SetDueIn(500);
        time.Advance(400);
        Assert.Empty(owner.Calls);
        time.Advance(100);
        deadline.SetDueIn(300);
        time.Advance(300);
        Assert.Equal([500, 800], owner.Calls);
    }

    [Fact]
    public void The_owner_may_set_it_again_while_it_is_called()
    {
        int calls = 0;
        deadline.Owner = new Caller(() =>
        {
            if (++calls < 3) deadline.SetDueIn(100);
        });
        deadline.SetDueIn(100);
        time.Advance(1000);
        Assert.Equal(3, calls);
    }

    [Fact]
    public void A_new_owner_takes_it_over()
    {
        Recorder next = new();
        deadline.SetDueIn(100);
        deadline.Owner = next;
        time.Advance(100);
        Assert.Empty(owner.Calls);
        Assert.Single(next.Calls);
    }

    [Fact]
    public void Without_an_owner_it_passes_in_silence()
    {
        deadline.Owner = null;
        deadline.SetDueIn(100);
        time.Advance(100);
        Assert.Empty(owner.Calls);
    }

    [Fact]
    public void Disposed_it_does_nothing_and_keeps_no_owner()
    {
        deadline.SetDueIn(100);
        deadline.Dispose();
        deadline.Dispose();
        deadline.SetDueIn(100);
        deadline.Clear();
        time.Advance(1000);
        Assert.Empty(owner.Calls);
        Assert.Null(deadline.Owner);
    }

    [Fact]
    public void Disposed_by_its_owner_while_called_it_is_not_given_back_twice()
    {
        Deadline mine = heartbeat.Register(null);
        mine.Owner = new Caller(mine.Dispose);
        mine.SetDueIn(100);
        time.Advance(100);
        Deadline one = heartbeat.Register(owner), two = heartbeat.Register(null);
        one.SetDueIn(100);
        two.Clear(); // another place than the one above
        time.Advance(100);
        Assert.Single(owner.Calls);
    }

    [Fact]
    public void Setting_and_clearing_allocates_nothing() => Assert.Equal(0, Allocation.OfWarm(() =>
    {
        deadline.SetDueIn(1000);
        deadline.Clear();
    }));
}
