using RawHttp.Wire;
using RawNet;

namespace RawHttp;

/// <summary>How an HTTP server treats its connections.</summary>
public sealed record HttpServerOptions
{
    /// <summary>How much of a message is taken before it is refused.</summary>
    public HttpLimits Limits { get; init; } = HttpLimits.Default;

    /// <summary>How connections are taken in.</summary>
    public ListenerOptions Listening { get; init; } = new();

    /// <summary>Bounds of what waits to be sent on one connection.</summary>
    public SendQueueOptions Sending { get; init; } = SendQueueOptions.Default;

    /// <summary>How long a head may take from its first byte, in milliseconds. Past it: 408.</summary>
    /// <value>15 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int HeadMilliseconds { get; init => field = AtLeast(1, value); } = 15_000;

    /// <summary>
    /// How long a connection may wait for its next request, in milliseconds. Past it: closed without a word. A peer that is silent for
    /// that long within its content: 408.
    /// </summary>
    /// <value>120 s, above the 60 to 75 s of common balancers, so that they close first.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int IdleMilliseconds { get; init => field = AtLeast(1, value); } = 120_000;

    /// <summary>Least rate of content on the whole, in bytes per second; only the time counts in which it is waited for. Below it: 408.</summary>
    /// <value>240.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int MinBodyBytesPerSecond { get; init => field = AtLeast(1, value); } = 240;

    /// <summary>How long content may be waited for on top of <see cref="MinBodyBytesPerSecond"/>, in milliseconds.</summary>
    /// <value>5 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public int BodyGraceMilliseconds { get; init => field = AtLeast(0, value); } = 5_000;

    /// <summary>Most requests that one connection carries. The answer to the last one carries <c>Connection: close</c> (RFC 9112 §9.6).</summary>
    /// <value>100,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int MaxRequests { get; init => field = AtLeast(1, value); } = 100_000;

    /// <summary>How long a peer may be silent, after the last answer, while what it still sends is read away, in milliseconds: so that a reset does not destroy the answer (RFC 9112 §9.6).</summary>
    /// <value>2 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public int LingerMilliseconds { get; init => field = AtLeast(0, value); } = 2_000;

    /// <summary>How long what still comes is read away in all, after the last answer, in milliseconds.</summary>
    /// <value>30 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public int MaxLingerMilliseconds { get; init => field = AtLeast(0, value); } = 30_000;

    /// <summary>Most content of an answered request that is read away to keep the connection, in bytes. Past it: <c>Connection: close</c>.</summary>
    /// <value>256 KiB.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public int MaxDiscardBytes { get; init => field = AtLeast(0, value); } = 256 << 10;

    // The whole of a head must fit, and pipelined requests behind a held one wait here.
    internal int MaxUnreadBytes => Math.Max(64 << 10, Limits.MaxRequestLineBytes + Limits.MaxHeadBytes + 64);

    static int AtLeast(int least, int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        return value;
    }
}
