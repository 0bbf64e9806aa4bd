namespace RawWebSocket.Wire;

/// <summary>What one connection may make us hold. RFC 6455 §10.4. Immutable; one instance may serve all connections.</summary>
public sealed class WsLimits
{
    /// <summary>The defaults.</summary>
    public static WsLimits Default { get; } = new();

    /// <summary>Largest message taken from a peer, in bytes, after joining its fragments.</summary>
    /// <value>1 MiB unless set. 0 refuses every message that is not empty. There is no "unlimited".</value>
    /// <remarks>
    /// Past it the connection is failed with close code 1009 (RFC 6455 §7.4.1) at the frame header that claims too much,
    /// before a byte of it is stored, so a peer can make us hold at most this plus one receive buffer.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public int MaxMessageBytes { get; init => field = NotNegative(value); } = 1 << 20;

    /// <summary>Largest message that is taken in pieces, see <see cref="IWsPieceHandler"/>, in bytes: they are handed on as they come, not held.</summary>
    /// <value>Null unless set, for <see cref="MaxMessageBytes"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number, or above 2^60: that is no limit.</exception>
    public long? MaxMessageBytesInPieces { get; init => field = value is null or (>= 0 and <= 1L << 60) ? value : throw new ArgumentOutOfRangeException(nameof(value)); }

    /// <summary>Most fragments of one message, empty ones counted.</summary>
    /// <value>131,072 unless set. 1 refuses every message in fragments.</value>
    /// <remarks>Empty fragments cost no memory but keep us busy without end; past the limit the connection is failed with 1008.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int MaxFragments { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value)); } = 131_072;

    /// <summary>How many times its compressed bytes a message may inflate to, once it is larger than <see cref="InflateFreelyBytes"/>.</summary>
    /// <value>256 unless set: text comes to 20 at most, what DEFLATE can do is 1,032.</value>
    /// <remarks>Past it the connection is failed with 1009. It matters where <see cref="MaxMessageBytes"/> is raised beyond a megabyte.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int MaxInflateRatio { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value)); } = 256;

    /// <summary>Up to this size a message may inflate from as little as it likes, in bytes.</summary>
    public const int InflateFreelyBytes = 1 << 20;

    static int NotNegative(int value) => value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
}
