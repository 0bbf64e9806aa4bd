using System.Diagnostics;
using HdrHistogram;

namespace RawRealtime.Bench;

/// <summary>Percentiles of what took how long.</summary>
/// <param name="P50">Half took no longer. All in nanoseconds.</param>
/// <param name="P90">90 % took no longer.</param>
/// <param name="P99">99 % took no longer.</param>
/// <param name="P999">99.9 % took no longer.</param>
/// <param name="Max">The longest.</param>
internal readonly record struct Percentiles(long P50, long P90, long P99, long P999, long Max);

/// <summary>One second of a run.</summary>
/// <param name="At">Seconds since the measurement began, at its end.</param>
/// <param name="PerSecond">Operations per second.</param>
/// <param name="P50">In nanoseconds.</param>
/// <param name="P99">In nanoseconds.</param>
internal readonly record struct Moment(double At, double PerSecond, long P50, long P99);

/// <summary>All latencies of a run, as a whole and second by second. Three significant digits, 100 ns to 100 s. Not thread-safe.</summary>
internal sealed class LatencyBook
{
    const long Least = 100, Most = 100_000_000_000;
    const int Precision = 3;

    static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    readonly LongHistogram all = new(Least, Most, Precision), second = new(Least, Most, Precision);
    readonly List<Moment> moments = [];

    /// <summary>The seconds that were closed.</summary>
    public IReadOnlyList<Moment> Moments => moments;

    /// <summary>How many were recorded.</summary>
    public long Count => all.TotalCount + second.TotalCount;

    /// <summary>Takes down one latency; what is out of range counts as the nearest that is not.</summary>
    /// <param name="ticks">In units of <see cref="Stopwatch"/>.</param>
    public void Record(long ticks) => second.RecordValue(Math.Clamp((long)(ticks * NanosecondsPerTick), Least, Most));

    /// <summary>Closes a second.</summary>
    /// <param name="at">Seconds since the measurement began.</param>
    /// <param name="length">How long it was in fact, in seconds.</param>
    public void CloseSecond(double at, double length)
    {
        Percentiles own = Of(second);
        moments.Add(new(at, second.TotalCount / length, own.P50, own.P99));
        all.Add(second);
        second.Reset();
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        all.Reset();
        second.Reset();
        moments.Clear();
    }

    /// <summary>The percentiles so far, the open second included.</summary>
    public Percentiles Sum()
    {
        if (second.TotalCount == 0) return Of(all);
        LongHistogram both = new(Least, Most, Precision);
        both.Add(all);
        both.Add(second);
        return Of(both);
    }

    /// <summary>Points of the curve of latency over percentiles, for a chart.</summary>
    public IEnumerable<(double Percentile, long Nanoseconds)> Curve()
    {
        // each step halves what is left: 50, 75, 87.5 …
        if (all.TotalCount == 0) yield break;
        for (double left = 100; left > 50.0 / all.TotalCount; left /= Math.Sqrt(2)) yield return (100 - left, all.GetValueAtPercentile(100 - left));
        yield return (100, Longest(all));
    }

    static Percentiles Of(LongHistogram histogram) => histogram.TotalCount == 0 ? default : new(
        histogram.GetValueAtPercentile(50), histogram.GetValueAtPercentile(90), histogram.GetValueAtPercentile(99),
        histogram.GetValueAtPercentile(99.9), Longest(histogram));

    static long Longest(LongHistogram histogram) => histogram.GetValueAtPercentile(100);
}
