namespace RawRealtime.Bench;

/// <summary>What a run found.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Operation">What one operation is called.</param>
internal sealed record BenchResult(BenchOptions Options, string Operation)
{
    /// <summary>How long was measured, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Operations that were completed meanwhile, and the bytes of those meanwhile.</summary>
    public WireCount Wire { get; init; }

    /// <summary>The same from the first operation, in the warm-up, to the last one's end.</summary>
    public WireCount WholeWire { get; init; }

    /// <summary>Operations that were completed meanwhile.</summary>
    public long Operations => Wire.Operations;

    /// <summary>How long operations took.</summary>
    public Percentiles Latency { get; init; }

    /// <summary>The same second by second.</summary>
    public IReadOnlyList<Moment> Moments { get; init; } = [];

    /// <summary>The same as a curve.</summary>
    public IReadOnlyList<(double Percentile, long Nanoseconds)> Curve { get; init; } = [];

    /// <summary>What was wrong, and how often.</summary>
    public IReadOnlyList<(BenchFailure Fault, long Count)> Faults { get; init; } = [];

    /// <summary>The first thing that was wrong, in words.</summary>
    public string? FirstFault { get; init; }

    /// <summary>Connections that were open at the end.</summary>
    public int Open { get; init; }

    /// <summary>The server before the measurement, and of an idle run with its first connections; null without its process.</summary>
    public ProcessUsage? Before { get; init; }

    /// <summary>The server behind it.</summary>
    public ProcessUsage? After { get; init; }

    /// <summary>How much of one core the generator used: near 1 on one core, it is the limit and not the server.</summary>
    public double GeneratorCores { get; init; }

    /// <summary>Operations per second.</summary>
    public double PerSecond => Seconds > 0 ? Operations / Seconds : 0;

    /// <summary>Microseconds of the server's CPU for one operation; null when it is not known.</summary>
    public double? CpuMicroseconds => Before is { } before && After is { } after && Operations > 0 ? (after.CpuSeconds - before.CpuSeconds) * 1e6 / Operations : null;

    /// <summary>How many cores the server used; null when it is not known.</summary>
    public double? ServerCores => Before is { } before && After is { } after && Seconds > 0 ? (after.CpuSeconds - before.CpuSeconds) / Seconds : null;

    /// <summary>Bytes of the server's memory for each connection of an idle run; null when it is not known.</summary>
    public double? BytesPerConnection =>
        Options.Kind == BenchKind.Idle && Before is { } before && After is { } after && Open > Options.First
            ? (double)(after.ResidentBytes - before.ResidentBytes) / (Open - Options.First) : null;

    /// <summary>Whether nothing was wrong.</summary>
    public bool IsRight => Faults.Count == 0;
}
