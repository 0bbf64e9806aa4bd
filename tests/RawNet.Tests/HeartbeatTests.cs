using Testing;

namespace RawNet.Tests;

public sealed class HeartbeatTests
{
    [Fact]
    public void Now_moves_with_the_ticks()
    {
        ManualTime time = new();
        using Heartbeat heartbeat = new(time);
        Assert.Same(time, heartbeat.Time);
        Assert.Equal(0, heartbeat.NowMilliseconds);
        time.Advance(99);
        Assert.Equal(0, heartbeat.NowMilliseconds);
        time.Advance(1);
        Assert.Equal(100, heartbeat.NowMilliseconds);
        time.Advance(1234);
        Assert.Equal(1300, heartbeat.NowMilliseconds);
    }

    [Fact]
    public void A_disposed_heartbeat_ticks_no_more()
    {
        ManualTime time = new();
        Heartbeat heartbeat = new(time);
        heartbeat.Dispose();
        time.Advance(1000);
        Assert.Equal(0, heartbeat.NowMilliseconds);
    }

    [Fact]
    public void A_thousand_deadlines_are_each_called_once_at_their_tick()
    {
        ManualTime time = new();
        using Heartbeat heartbeat = new(time);
        Recorder[] owners = [.. Enumerable.Range(0, 1000).Select(_ => new Recorder())];
        for (int i = 0; i < owners.Length; i++) heartbeat.Register(owners[i]).SetDue(i * 10);
        time.Advance(20_000);
        for (int i = 0; i < owners.Length; i++)
            Assert.Equal(Math.Max(100, (i * 10 + 99) / 100 * 100), Assert.Single(owners[i].Calls));
    }

    [Fact]
    public void Places_are_used_again_and_a_new_owner_hears_nothing_of_the_old()
    {
        ManualTime time = new();
        using Heartbeat heartbeat = new(time);
        Recorder first = new(), second = new();
        for (int i = 0; i < 1000; i++)
        {
            Deadline old = heartbeat.Register(first);
            old.SetDueIn(100);
            old.Dispose();
            using Deadline renewed = heartbeat.Register(second);
            old.SetDueIn(50); // the place is another's now
            time.Advance(100);
        }
        Assert.Empty(first.Calls);
        Assert.Empty(second.Calls);
        Assert.Equal(Heartbeat.Row.Length, heartbeat.Places);
    }

    /// <summary>An owner that ends a neighbour in the same tick: the place goes to a newcomer, who has no deadline yet.</summary>
    [Fact]
    public void A_place_that_changes_hands_during_a_tick_calls_nobody_new()
    {
        ManualTime time = new();
        using Heartbeat heartbeat = new(time);
        Recorder newcomer = new();
        Deadline? neighbour = null;
        using Deadline first = heartbeat.Register(new Caller(() =>
        {
            neighbour!.Dispose();
            heartbeat.Register(newcomer);
        }));
        neighbour = heartbeat.Register(new Recorder());
        first.SetDueIn(100);
        neighbour.SetDueIn(100);
        time.Advance(500);
        Assert.Empty(newcomer.Calls);
    }

    [Fact]
    public async Task Newcomers_are_never_called_for_a_deadline_of_a_place_they_inherit()
    {
        using Heartbeat heartbeat = new(new ManualTime());
        Heartbeat.Row row = new();
        int wrong = 0;
        bool stop = false;
        Task ticks = Task.Run(() =>
        {
            while (!Volatile.Read(ref stop)) row.CallDue(1000);
        });
        Caller mustNotBeCalled = new(() => Interlocked.Increment(ref wrong)), leaving = new(() => { });
        for (int i = 0; i < 300_000; i++)
        {
            Deadline due = new(heartbeat, row, 0) { Owner = leaving };
            row.Deadlines[0] = due;
            due.SetDue(1);
            due.Clear();
            row.Deadlines[0] = new(heartbeat, row, 0) { Owner = mustNotBeCalled };
        }
        Volatile.Write(ref stop, true);
        await ticks;
        Assert.Equal(0, wrong);
    }
}

sealed class Recorder : IDeadlineOwner
{
    public List<long> Calls { get; } = [];

    public void OnDue(long nowMilliseconds) => Calls.Add(nowMilliseconds);
}

sealed class Caller(Action call) : IDeadlineOwner
{
    public void OnDue(long nowMilliseconds) => call();
}
