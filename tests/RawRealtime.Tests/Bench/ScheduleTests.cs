using System.Diagnostics;
using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class ScheduleTests
{
    static readonly long Millisecond = Stopwatch.Frequency / 1000;
    static readonly Schedule Hundred = new(start: 7 * Millisecond, perSecond: 100);

    [Theory]
    [InlineData(6, 0)]
    [InlineData(7, 1)]
    [InlineData(16, 1)]
    [InlineData(17, 2)]
    [InlineData(1007, 101)]
    public void So_many_are_due_by_then(long milliseconds, long expected) => Assert.Equal(expected, Hundred.DueBy(milliseconds * Millisecond));

    [Theory]
    [InlineData(0, 7)]
    [InlineData(1, 17)]
    [InlineData(100, 1007)]
    public void Each_is_due_at_its_own_time(long number, long milliseconds) => Assert.Equal(milliseconds * Millisecond, Hundred.DueAt(number));
}
