using System.Net.Security;
using RawHttp.Client;
using RawNet;

namespace RawWebSocket;

/// <summary>What a client asks for when it connects. Immutable; one instance may serve all connections.</summary>
public sealed class WsClientOptions
{
    /// <summary>The defaults.</summary>
    public static WsClientOptions Default { get; } = new();

    /// <summary>Limits and times of the connection once it is open.</summary>
    public WsOptions Connection { get; init; } = WsOptions.Default;

    /// <summary>The subprotocols we offer, the dearest first. RFC 6455 §4.1 item 10.</summary>
    /// <value>None unless set.</value>
    public IReadOnlyList<string> Subprotocols { get; init; } = [];

    /// <summary>Further fields of the opening request, such as Origin or Authorization; values in UTF-8.</summary>
    /// <value>None unless set.</value>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    /// <summary>How long connecting and the opening handshake may take together, in seconds.</summary>
    /// <value>10 unless set.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int OpenSeconds { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value)); } = 10;

    /// <summary>How TLS is spoken with a <c>wss:</c> server; null for the system's versions and a certificate that the system trusts. See <see cref="Connector.ConnectAsync"/>.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>The path of a Unix-domain socket that is dialled instead of the URI's host; null for the host.</summary>
    public string? UnixPath { get; init; }

    /// <summary>A proxy that is asked for a tunnel to the server, <c>http://[user:password@]host[:port]</c>; null to go there directly.</summary>
    /// <value>None unless set: no variable of the environment is read. With <c>wss:</c> the proxy sees the server's name and port, and TLS.</value>
    /// <exception cref="ArgumentException">It is another kind of URI, see <see cref="HttpProxy.Of"/>.</exception>
    public Uri? Proxy
    {
        get;
        init
        {
            field = value;
            Tunnel = value is null ? null : HttpProxy.Of(value);
        }
    }

    /// <summary>The proxy, read.</summary>
    internal HttpProxy? Tunnel { get; private init; }

    /// <summary>Bounds of the send queue.</summary>
    public SendQueueOptions Sending { get; init; } = SendQueueOptions.Default;

    /// <summary>Tells the time of the connection's deadlines; null for <see cref="RawNet.Heartbeat.Shared"/>.</summary>
    public Heartbeat? Heartbeat { get; init; }
}
