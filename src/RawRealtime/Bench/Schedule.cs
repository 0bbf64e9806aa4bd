using System.Diagnostics;

namespace RawRealtime.Bench;

/// <summary>
/// When operations are meant to begin. Latency counts from there and not from the moment of sending, so that a server that stalls is charged
/// for all that should have been sent meanwhile ("coordinated omission"). Pure; times are those of <see cref="Stopwatch"/>.
/// </summary>
/// <param name="start">When number 0 is due.</param>
/// <param name="perSecond">Operations per second.</param>
internal readonly struct Schedule(long start, double perSecond)
{
    readonly double step = Stopwatch.Frequency / perSecond;

    /// <summary>When an operation is due.</summary>
    /// <param name="number">Its number, from 0.</param>
    public long DueAt(long number) => start + (long)(number * step);

    /// <summary>How many operations are due.</summary>
    /// <param name="now">By this time.</param>
    public long DueBy(long now) => now < start ? 0 : (long)((now - start) / step) + 1;
}
