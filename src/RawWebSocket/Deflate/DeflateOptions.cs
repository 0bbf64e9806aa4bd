namespace RawWebSocket.Deflate;

/// <summary>What we want of permessage-deflate, in either role. RFC 7692 §7. Immutable; one instance may serve all connections.</summary>
public sealed record DeflateOptions
{
    /// <summary>The defaults: no context is kept in either direction, so that an idle connection holds no memory for compression.</summary>
    public static DeflateOptions Default { get; } = new();

    /// <summary>How much work goes into making our messages small.</summary>
    /// <value><see cref="DeflateLevel.Fast"/> unless set.</value>
    public DeflateLevel Level { get; init; }

    /// <summary>The smallest message we compress, in bytes; smaller ones are sent as they are (RFC 7692 §6: each message may be).</summary>
    /// <value>256 unless set: below that, little is saved without what earlier messages taught.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public int MinBytes { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value)); } = 256;

    /// <summary>The largest window of what the server sends, as an exponent of 2. RFC 7692 §7.1.2.1.</summary>
    /// <value>15 unless set.</value>
    /// <exception cref="ArgumentOutOfRangeException">Not 8 to 15.</exception>
    public int ServerMaxWindowBits { get; init => field = WindowBits(value); } = DeflateParameters.MaxWindowBits;

    /// <summary>The largest window of what the client sends, as an exponent of 2. RFC 7692 §7.1.2.2. A server can only ask a client that offers to be asked.</summary>
    /// <value>15 unless set.</value>
    /// <exception cref="ArgumentOutOfRangeException">Not 8 to 15.</exception>
    public int ClientMaxWindowBits { get; init => field = WindowBits(value); } = DeflateParameters.MaxWindowBits;

    /// <summary>Whether the server may refer to its earlier messages. RFC 7692 §7.1.1.1. Smaller messages, for up to one window of memory at each end.</summary>
    /// <value>False unless set.</value>
    public bool ServerContextTakeover { get; init; }

    /// <summary>Whether the client may refer to its earlier messages. RFC 7692 §7.1.1.2.</summary>
    /// <value>False unless set.</value>
    public bool ClientContextTakeover { get; init; }

    static int WindowBits(int value) =>
        value is >= DeflateParameters.MinWindowBits and <= DeflateParameters.MaxWindowBits ? value : throw new ArgumentOutOfRangeException(nameof(value));
}
