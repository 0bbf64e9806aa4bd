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
    public int HeadMilliseconds { get; init; } = 15_000;

    /// <summary>How long a connection may wait for its next request, in milliseconds. Past it: closed without a word.</summary>
    /// <value>120 s, above the 60 to 75 s of common balancers, so that they close first.</value>
    public int IdleMilliseconds { get; init; } = 120_000;

    /// <summary>Least rate of content, in bytes per second. Below it: 408.</summary>
    /// <value>240.</value>
    public int MinBodyBytesPerSecond { get; init; } = 240;

    /// <summary>How long content may take on top of <see cref="MinBodyBytesPerSecond"/>, in milliseconds.</summary>
    /// <value>5 s.</value>
    public int BodyGraceMilliseconds { get; init; } = 5_000;

    /// <summary>How long what still comes is read away after the last answer, so that a reset does not destroy it (RFC 9112 §9.6), in milliseconds.</summary>
    /// <value>2 s.</value>
    public int LingerMilliseconds { get; init; } = 2_000;

    /// <summary>Most bytes read away after the last answer, and most content of an answered request that is read away to keep the connection.</summary>
    /// <value>256 KiB.</value>
    public int MaxDiscardBytes { get; init; } = 256 << 10;

    // The whole of a head must fit, and pipelined requests behind a held one wait here.
    internal int MaxUnreadBytes => Math.Max(64 << 10, Limits.MaxRequestLineBytes + Limits.MaxHeadBytes + 64);
}
