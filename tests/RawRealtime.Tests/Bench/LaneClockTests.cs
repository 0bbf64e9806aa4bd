using System.Diagnostics;
using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class LaneClockTests
{
    [Fact]
    public void Flat_out_as_many_are_under_way_as_may_be()
    {
        LaneClock clock = new(2);
        Assert.Equal(0, clock.Ready);
        clock.RunFlatOut();
        Assert.Equal(2, clock.Ready);
        clock.Begin(2, now: 10);
        Assert.Equal((0, 2), (clock.Ready, clock.UnderWay));
        Assert.Equal(10, clock.Complete());
        Assert.Equal(1, clock.Ready);
        clock.Stop();
        Assert.Equal(0, clock.Ready);
    }

    [Fact]
    public void At_a_rate_time_counts_from_when_it_was_due_also_when_it_begins_late()
    {
        long second = Stopwatch.Frequency;
        LaneClock clock = new(1);
        clock.Follow(new(0, perSecond: 1), index: 1, count: 3);
        Assert.Equal(0, clock.Ready);
        clock.Release();
        clock.Release();
        clock.Begin(1, now: 9 * second);
        Assert.Equal(0, clock.Ready); // the second is due and has to wait for the first
        Assert.Equal(1 * second, clock.Complete());
        clock.Begin(1, now: 9 * second);
        Assert.Equal(4 * second, clock.Complete());
    }
}
