using System.Net.Security;
using RawHttp.Wire;
using RawNet;

namespace RawHttp.Client;

/// <summary>How long a client waits and how much it takes. Immutable; one instance may serve all connections.</summary>
public sealed record HttpClientOptions
{
    /// <summary>The defaults.</summary>
    public static HttpClientOptions Default { get; } = new();

    /// <summary>How much of an answer is taken before it is refused; the request line's bound is also the status line's.</summary>
    /// <value>As <see cref="HttpLimits.Default"/>, but content may have any length: it is read piece by piece, and <see cref="HttpClientResponse.ReadAllAsync"/> has a bound of its own.</value>
    public HttpLimits Limits { get; init; } = new() { MaxBodyBytes = long.MaxValue };

    /// <summary>Most 1xx answers before the final one. Past it: <see cref="HttpFault.TooManyInterimAnswers"/>.</summary>
    /// <value>16.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public int MaxInterimAnswers { get; init => field = AtLeast(0, value); } = 16;

    /// <summary>How long connecting may take, with the look-up of the name and the TLS handshake, in milliseconds. Past it: <see cref="HttpClientEnding.ConnectTimedOut"/>.</summary>
    /// <value>10 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int ConnectMilliseconds { get; init => field = AtLeast(1, value); } = 10_000;

    /// <summary>How long the head of the answer may take once the request is sent, in milliseconds. Past it: <see cref="HttpClientEnding.HeadTimedOut"/>.</summary>
    /// <value>60 s, above the hold of a long poll.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int HeadMilliseconds { get; init => field = AtLeast(1, value); } = 60_000;

    /// <summary>How long content may be waited for without a byte of it, in milliseconds. Past it: <see cref="HttpClientEnding.ContentTimedOut"/>.</summary>
    /// <value>60 s, above the keep-alive of an event stream.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int ContentMilliseconds { get; init => field = AtLeast(1, value); } = 60_000;

    /// <summary>How long a whole exchange may take, from the request's first byte to the answer's last, in milliseconds. Past it: <see cref="HttpClientEnding.WholeTimedOut"/>.</summary>
    /// <value>Null: any time, since an event stream does not end.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int? WholeMilliseconds { get; init => field = value is null ? null : AtLeast(1, value.Value); }

    /// <summary>How long content is held back for a 100 that was asked for, in milliseconds; then it is sent all the same (RFC 9110 §10.1.1).</summary>
    /// <value>1 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int ContinueMilliseconds { get; init => field = AtLeast(1, value); } = 1_000;

    /// <summary>Bounds of what waits to be sent. A server that takes nothing for its <see cref="SendQueueOptions.StallMilliseconds"/>: <see cref="HttpClientEnding.SendTimedOut"/>.</summary>
    public SendQueueOptions Sending { get; init; } = SendQueueOptions.Default;

    /// <summary>How TLS is spoken; null for the system's versions and a certificate that the system trusts. See <see cref="Connector.ConnectAsync"/>.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>Tells the time of all deadlines; null for <see cref="RawNet.Heartbeat.Shared"/>.</summary>
    public Heartbeat? Heartbeat { get; init; }

    // The whole of a head must fit.
    internal int MaxUnreadBytes => Math.Max(64 << 10, Limits.MaxRequestLineBytes + Limits.MaxHeadBytes + 64);

    static int AtLeast(int least, int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        return value;
    }
}
