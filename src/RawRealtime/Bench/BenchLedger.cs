using RawHttp.Wire;

namespace RawRealtime.Bench;

/// <summary>What a run counts. Used under <see cref="Gate"/>: connections may be told of bytes by several threads.</summary>
internal sealed class BenchLedger
{
    readonly long[] faults = new long[BenchFaults.Count];

    /// <summary>Held by whoever touches the ledger, or a connection of the run.</summary>
    public Lock Gate { get; } = new();

    /// <summary>One head at a time is read, whoever it belongs to.</summary>
    public ResponseHead Head { get; } = new();

    /// <summary>How long operations took, since the measurement began.</summary>
    public LatencyBook Latency { get; } = new();

    /// <summary>Operations that were completed since the measurement began.</summary>
    public long Operations { get; private set; }

    /// <summary>Bytes that came since the measurement began.</summary>
    public long BytesReceived { get; set; }

    /// <summary>Bytes that went since the measurement began.</summary>
    public long BytesSent { get; set; }

    /// <summary>Those of the bytes that came which were heads of answers.</summary>
    public long HeadBytesReceived { get; set; }

    /// <summary>How much had been wrong first, in words; null when nothing was.</summary>
    public string? FirstFault { get; private set; }

    /// <summary>How much was wrong, of all kinds.</summary>
    public long Faults => faults.Sum();

    /// <summary>How often something was wrong.</summary>
    public long CountOf(BenchFault fault) => faults[(int)fault];

    /// <summary>An operation is complete and as it should be.</summary>
    /// <param name="intendedAt">When it was meant to begin.</param>
    /// <param name="now">When it was complete.</param>
    public void Done(long intendedAt, long now)
    {
        Operations++;
        Latency.Record(now - intendedAt);
    }

    /// <summary>Something was wrong. Counted from the very beginning, the warm-up too.</summary>
    /// <param name="fault">What.</param>
    /// <param name="detail">More about it, told of the first one.</param>
    /// <param name="count">How often.</param>
    public void Wrong(BenchFault fault, string? detail = null, long count = 1)
    {
        if (count <= 0) return;
        faults[(int)fault] += count;
        FirstFault ??= detail;
    }

    /// <summary>The warm-up is over: what was counted is forgotten, but what was wrong.</summary>
    public void BeginMeasuring()
    {
        Latency.Clear();
        Operations = BytesReceived = BytesSent = HeadBytesReceived = 0;
    }
}
