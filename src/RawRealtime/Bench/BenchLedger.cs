using RawHttp.Wire;

namespace RawRealtime.Bench;

/// <summary>What went over the wire.</summary>
/// <param name="Operations">Operations that were completed.</param>
/// <param name="Received">Bytes that came.</param>
/// <param name="Heads">Those of them that were heads of answers; of event streams and polls.</param>
/// <param name="Sent">Bytes that went.</param>
internal readonly record struct WireCount(long Operations, long Received, long Heads, long Sent)
{
    /// <summary>What was counted between two moments.</summary>
    public static WireCount operator -(WireCount later, WireCount earlier) =>
        new(later.Operations - earlier.Operations, later.Received - earlier.Received, later.Heads - earlier.Heads, later.Sent - earlier.Sent);
}

/// <summary>What a run counts. Used under <see cref="Gate"/>: connections may be told of bytes by several threads.</summary>
internal sealed class BenchLedger
{
    readonly long[] faults = new long[BenchFailures.Count];

    /// <summary>Held by whoever touches the ledger, or a connection of the run.</summary>
    public Lock Gate { get; } = new();

    /// <summary>One head at a time is read, whoever it belongs to.</summary>
    public ResponseHead Head { get; } = new();

    /// <summary>How long operations took, since the measurement began.</summary>
    public LatencyBook Latency { get; } = new();

    /// <summary>What was counted since the very beginning.</summary>
    public WireCount Wire { get; private set; }

    /// <summary>Bytes came.</summary>
    /// <param name="count">How many.</param>
    public void Received(long count) => Wire = Wire with { Received = Wire.Received + count };

    /// <summary>Bytes went.</summary>
    /// <param name="count">How many.</param>
    public void Sent(long count) => Wire = Wire with { Sent = Wire.Sent + count };

    /// <summary>Some of the bytes that came were the head of an answer.</summary>
    /// <param name="count">How many.</param>
    public void ReceivedHead(long count) => Wire = Wire with { Heads = Wire.Heads + count };

    /// <summary>How much had been wrong first, in words; null when nothing was.</summary>
    public string? FirstFault { get; private set; }

    /// <summary>How much was wrong, of all kinds.</summary>
    public long Faults => faults.Sum();

    /// <summary>How often something was wrong.</summary>
    public long CountOf(BenchFailure fault) => faults[(int)fault];

    /// <summary>An operation is complete and as it should be.</summary>
    /// <param name="intendedAt">When it was meant to begin.</param>
    /// <param name="now">When it was complete.</param>
    public void Done(long intendedAt, long now)
    {
        Wire = Wire with { Operations = Wire.Operations + 1 };
        Latency.Record(now - intendedAt);
    }

    /// <summary>Something was wrong. Counted from the very beginning, the warm-up too.</summary>
    /// <param name="fault">What.</param>
    /// <param name="detail">More about it, told of the first one.</param>
    /// <param name="count">How often.</param>
    public void Wrong(BenchFailure fault, string? detail = null, long count = 1)
    {
        if (count <= 0) return;
        faults[(int)fault] += count;
        FirstFault ??= detail;
    }
}
