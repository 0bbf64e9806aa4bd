namespace RawHub;

/// <summary>Why messages between a cursor and the first one delivered are missing.</summary>
public enum LossReason : byte
{
    /// <summary>Nothing was lost.</summary>
    None,

    /// <summary>The cursor is older than what is kept.</summary>
    Evicted,

    /// <summary>The cursor's epoch is not the channel's: its history began anew since.</summary>
    EpochChanged,

    /// <summary>Not a cursor of this form, a cursor for another number of channels, or an offset that was never given.</summary>
    Unknown,

    /// <summary>The subscriber was too slow: what it had not taken yet is no longer kept.</summary>
    Dropped,
}

/// <summary>The one map from a reason to its word on the wire.</summary>
public static class LossReasons
{
    /// <summary>The word for <paramref name="reason"/> in a position's JSON, as UTF-8.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="reason"/> is None or no reason.</exception>
    public static ReadOnlySpan<byte> WordOf(LossReason reason) => reason switch
    {
        LossReason.Evicted => "evicted"u8,
        LossReason.EpochChanged => "epoch-changed"u8,
        LossReason.Unknown => "unknown"u8,
        LossReason.Dropped => "dropped"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
