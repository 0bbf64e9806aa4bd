using RawNet;
using Testing;

namespace RawHttp.Tests;

public sealed class LoopDeadlineTests : IDeadlineOwner, IDisposable
{
    readonly ManualTime time = new();
    readonly Heartbeat heartbeat;
    readonly LoopDeadline wait;
    readonly List<(long Now, Waiting OverTime)> fired = [];

    public LoopDeadlineTests()
    {
        heartbeat = new Heartbeat(time);
        wait = new LoopDeadline(heartbeat.Register(this));
    }

    public void Dispose() => heartbeat.Dispose();

    void IDeadlineOwner.OnDue(long nowMilliseconds)
    {
        lock (wait.Gate) fired.Add((nowMilliseconds, wait.OverTime(nowMilliseconds)));
    }

    [Fact]
    public void A_wait_is_over_time_at_its_moment_and_not_before()
    {
        Assert.True(wait.Begin(Waiting.Head, 1000));
        Assert.Equal(Waiting.Head, wait.For);
        Assert.Equal(Waiting.Nothing, wait.OverTime(999));
        Assert.Equal(Waiting.Head, wait.OverTime(1000));
        time.Advance(5000);
        Assert.Equal([(1000, Waiting.Head)], fired);
    }

    [Fact]
    public void A_wait_that_has_ended_is_never_over_time()
    {
        Assert.True(wait.Begin(Waiting.Body, 1000));
        Assert.True(wait.End());
        time.Advance(5000);
        Assert.Equal([(1000, Waiting.Nothing)], fired);
    }

    /// <summary>A tick that noticed the old deadline comes to the gate after the loop has set the new one.</summary>
    [Fact]
    public void A_deadline_set_anew_is_not_mistaken_for_the_one_before()
    {
        Assert.True(wait.Begin(Waiting.Head, 1000));
        Assert.True(wait.End());
        Assert.True(wait.Begin(Waiting.Body, 3000));
        Assert.Equal(Waiting.Nothing, wait.OverTime(1000));
        time.Advance(5000);
        Assert.Equal([(3000, Waiting.Body)], fired);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(3000)]
    public void The_end_of_a_wait_can_be_moved(long to)
    {
        Assert.True(wait.Begin(Waiting.Held, 1000));
        lock (wait.Gate) wait.Set(to);
        time.Advance(5000);
        Assert.Equal([(to, Waiting.Held)], fired);
    }

    [Fact]
    public void A_loop_that_is_ended_from_outside_finds_itself_lingering()
    {
        Assert.True(wait.Begin(Waiting.Head, 1000));
        lock (wait.Gate) wait.Overtake(3000);
        Assert.False(wait.End());
        Assert.Equal(Waiting.Linger, wait.For);
        time.Advance(5000);
        Assert.Equal([(3000, Waiting.Linger)], fired);
    }

    [Fact]
    public void After_that_no_wait_begins_but_the_last()
    {
        lock (wait.Gate) wait.Overtake(3000);
        foreach (Waiting other in Enum.GetValues<Waiting>().Where(other => other != Waiting.Linger))
        {
            Assert.False(wait.Begin(other, 9000));
            Assert.Equal(Waiting.Linger, wait.OverTime(3000));
        }
        Assert.True(wait.Begin(Waiting.Linger, 4000));
        time.Advance(5000);
        Assert.Equal([(4000, Waiting.Linger)], fired);
    }
}
