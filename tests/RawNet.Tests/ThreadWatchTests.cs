using Testing;

namespace RawNet.Tests;

public sealed class ThreadWatchTests : IDisposable
{
    readonly ManualTime time = new();
    readonly Heartbeat heartbeat;
    readonly List<(string Handler, long Milliseconds)> told = [];

    public ThreadWatchTests() => heartbeat = new(time) { Watch = new(250, (handler, milliseconds) => told.Add((handler, milliseconds))) };

    public void Dispose() => heartbeat.Dispose();

    [Fact]
    public void Who_holds_a_thread_too_long_is_named_while_at_it_and_once()
    {
        using (heartbeat.Watching("slow"))
        {
            time.Advance(200);
            Assert.Empty(told);
            time.Advance(100);
            Assert.Equal([("slow", 300)], told);
            time.Advance(1_000);
            Assert.Single(told);
        }
        using (heartbeat.Watching("slow again")) time.Advance(500);
        Assert.Equal(("slow again", 300), told[^1]);
    }

    [Fact]
    public void Who_let_go_in_time_is_not_named()
    {
        for (int i = 0; i < 10; i++)
        {
            using (heartbeat.Watching("quick")) time.Advance(100);
        }
        time.Advance(1_000);
        Assert.Empty(told);
    }

    [Fact]
    public void Several_at_once_are_told_apart()
    {
        ThreadWatch.Turn first = heartbeat.Watching("first");
        time.Advance(100);
        ThreadWatch.Turn second = heartbeat.Watching("second");
        time.Advance(100);
        first.Dispose();
        using (heartbeat.Watching("in the place of the first")) time.Advance(200);
        second.Dispose();
        Assert.Equal([("second", 300)], told);
    }

    [Fact]
    public void Without_a_watch_it_costs_nothing()
    {
        using Heartbeat unwatched = new(time);
        using (unwatched.Watching(this)) time.Advance(1_000);
        Assert.Empty(told);
    }
}
