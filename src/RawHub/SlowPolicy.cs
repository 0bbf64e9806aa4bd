namespace RawHub;

/// <summary>What becomes of a subscriber that is too slow: one that had no room when its messages came.</summary>
public enum SlowKind : byte
{
    /// <summary>It is ended, and comes back with its cursor.</summary>
    Disconnect,

    /// <summary>It loses its oldest messages, is told so, and goes on.</summary>
    DropOldest,

    /// <summary>It loses all but the newest message, is told so, and goes on. For values that replace each other.</summary>
    LatestOnly,
}

/// <summary>How far a subscriber may be behind, and what becomes of it beyond.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="MaxMessages">Most messages that may wait for it; beyond what is kept it is too slow in any case.</param>
/// <param name="MaxBytes">Most bytes of data that may wait for it.</param>
/// <remarks>What a subscriber catches up with after it came back does not count until it has once had the newest message.</remarks>
public readonly record struct SlowPolicy(SlowKind Kind, long MaxMessages = long.MaxValue, long MaxBytes = long.MaxValue)
{
    /// <summary>Whether so much waits that the subscriber is too slow.</summary>
    /// <param name="messages">Messages that wait.</param>
    /// <param name="bytes">Bytes of data that wait.</param>
    public bool IsTooMuch(long messages, long bytes) => messages > MaxMessages || bytes > MaxBytes;
}

/// <summary>A policy of its own for some channels.</summary>
/// <param name="Channels">Which ones.</param>
/// <param name="Policy">Theirs.</param>
public readonly record struct ChannelSlowPolicy(ChannelPattern Channels, SlowPolicy Policy);
