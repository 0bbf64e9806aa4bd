namespace RawNet;

/// <summary>How much a connection's send queue may hold, and for how long.</summary>
public sealed record SendQueueOptions
{
    /// <summary>The defaults.</summary>
    public static SendQueueOptions Default { get; } = new();

    /// <summary>Most bytes that wait to be sent. A write that would pass it is refused, unless at most half is used: so where there is room, one large message always goes.</summary>
    /// <value>1 MiB.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public int MaxBytes { get; init => field = AtLeast(0, value); } = 1 << 20;

    /// <summary>Bytes on top of <see cref="MaxBytes"/> for what the protocol owes (pongs, close frames, endings), which must not starve behind data.</summary>
    /// <value>4 KiB.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public int OwedBytes { get; init => field = AtLeast(0, value); } = 4096;

    /// <summary>How long one send, of 64 KiB at most, may take before the peer is given up, in milliseconds.</summary>
    /// <value>10 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int StallMilliseconds { get; init => field = AtLeast(1, value); } = 10_000;

    /// <summary>
    /// Least rate at which a peer takes what waits for it, in bytes per second, from when something had to wait until nothing does.
    /// Below it the peer is given up: so one that takes a few bytes before every <see cref="StallMilliseconds"/> is too slow as well.
    /// </summary>
    /// <value>240.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int MinBytesPerSecond { get; init => field = AtLeast(1, value); } = 240;

    /// <summary>How long a peer may be waited for on top of <see cref="MinBytesPerSecond"/>, in milliseconds.</summary>
    /// <value>5 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public int GraceMilliseconds { get; init => field = AtLeast(0, value); } = 5_000;

    /// <summary>What all queues that are given it may hold together, on top of the bound of each.</summary>
    /// <value>Null: each queue has its own bound and no other.</value>
    public SendBudget? Budget { get; init; }

    static int AtLeast(int least, int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        return value;
    }
}
