using RawWebSocket.Deflate;
using RawWebSocket.Wire;

namespace RawWebSocket;

/// <summary>Limits and times of a connection. Immutable; one instance may serve all connections.</summary>
public sealed class WsOptions
{
    /// <summary>The defaults.</summary>
    public static WsOptions Default { get; } = new();

    /// <summary>What a peer may make us hold.</summary>
    /// <value><see cref="WsLimits.Default"/> unless set.</value>
    public WsLimits Limits { get; init; } = WsLimits.Default;

    /// <summary>The compression we offer (client) or agree to (server). RFC 7692.</summary>
    /// <value>Null, for none, unless set: <see cref="DeflateOptions.Default"/> is what suits most.</value>
    public DeflateOptions? Compression { get; init; }

    /// <summary>How long a peer may be silent before it is pinged, in seconds.</summary>
    /// <value>25 unless set: under the 30 and 60 seconds after which balancers drop idle connections.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int KeepAliveSeconds { get; init => field = AtLeastOne(value); } = 25;

    /// <summary>How long a pinged peer may stay silent before it is given up, in seconds. Whatever it sends counts as a sign of life.</summary>
    /// <value>10 unless set.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int PongWaitSeconds { get; init => field = AtLeastOne(value); } = 10;

    /// <summary>How long closing may take once our close frame is queued, in seconds: sending, the peer's answer and the end of the stream.</summary>
    /// <value>5 unless set.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int CloseWaitSeconds { get; init => field = AtLeastOne(value); } = 5;

    /// <summary>
    /// Most bytes read and dropped after the last frame, so that closing does not reset the connection while the
    /// peer still sends, and our close frame gets through.
    /// </summary>
    /// <value>256 KiB unless set.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int LingerBytes { get; init => field = AtLeastOne(value); } = 256 * 1024;

    static int AtLeastOne(int value) => value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value));
}
