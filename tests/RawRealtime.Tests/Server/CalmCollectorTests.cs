using RawRealtime.Server;
using Testing;

namespace RawRealtime.Tests.Server;

/// <summary>docs/decisions/0051-garbage-is-collected-in-calm.md</summary>
public sealed class CalmCollectorTests : IDisposable
{
    const int Look = 2000;

    readonly ManualTime time = new();
    readonly CalmCollector collector;
    TimeSpan busy;
    long allocated;
    int collected;

    public CalmCollectorTests() => collector = new(time, () => busy, () => allocated, () => collected++);

    public void Dispose() => collector.Dispose();

    void Pass(long bytes, double busyMilliseconds)
    {
        allocated += bytes;
        busy += TimeSpan.FromMilliseconds(busyMilliseconds);
        time.Advance(Look);
    }

    [Theory]
    [InlineData("much, in calm", 9 << 20, 99, 1)]
    [InlineData("just enough", 8 << 20, 100, 1)]
    [InlineData("too little to be worth it", (8 << 20) - 1, 0, 0)]
    [InlineData("much, but busy", 9 << 20, 101, 0)]
    public void It_collects_what_is_worth_it_when_nobody_is_held_up(string why, long bytes, double busyMilliseconds, int times)
    {
        Pass(bytes, busyMilliseconds);
        Assert.True(times == collected, why);
    }

    [Fact]
    public void What_was_left_in_a_busy_time_is_collected_once_when_it_is_over()
    {
        for (int i = 0; i < 5; i++) Pass(100 << 20, 1500);
        Assert.Equal(0, collected);
        Pass(0, 10);
        Assert.Equal(1, collected);
        for (int i = 0; i < 5; i++) Pass(1 << 20, 10);
        Assert.Equal(1, collected);
        for (int i = 0; i < 3; i++) Pass(1 << 20, 10);
        Assert.Equal(2, collected);
    }

    [Fact]
    public void The_collection_itself_is_not_taken_for_work()
    {
        using CalmCollector slow = new(time, () => busy, () => allocated, () => busy += TimeSpan.FromSeconds(1));
        Pass(9 << 20, 0);
        TimeSpan once = busy;
        Pass(9 << 20, 0);
        Assert.NotEqual(once, busy);
    }

    [Fact]
    public void Disposed_it_looks_no_more()
    {
        collector.Dispose();
        Pass(100 << 20, 0);
        Assert.Equal(0, collected);
    }
}
