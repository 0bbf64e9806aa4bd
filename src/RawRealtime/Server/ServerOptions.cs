using System.Net;
using RawHttp;
using RawHub;
using RawNet;
using RawRealtime.Access;
using RawRealtime.Storage;
using RawWebSocket.Deflate;

namespace RawRealtime.Server;

/// <summary>What the standalone server is told.</summary>
internal sealed record ServerOptions
{
    /// <summary>Address to listen on.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port to listen on; 0 picks a free one.</summary>
    public int Port { get; init; } = 5000;

    /// <summary>All places to listen at, instead of <see cref="Address"/> and <see cref="Port"/>; null for these two.</summary>
    public IReadOnlyList<EndPoint>? Listen { get; init; }

    /// <summary>Who may connect to a Unix-domain socket, as the mode of its file.</summary>
    public UnixFileMode ListenMode { get; init; } = new ListenerOptions().UnixMode;

    /// <summary>The certificates; without any it is plain http and ws.</summary>
    public TlsFiles Tls { get; init; } = new();

    /// <summary>Proxies that begin each connection with a PROXY header.</summary>
    public TrustedPeers ProxyHeaderFrom { get; init; } = TrustedPeers.None;

    /// <summary>Most connections of one address at a time.</summary>
    public int MaxConnectionsPerAddress { get; init; } = new ListenerOptions().MaxConnectionsPerAddress;

    /// <summary>Whether a connection's work is done on the thread that the system told of its bytes: see <see cref="SocketThreads"/>.</summary>
    public bool HasInlineCompletions { get; init; } = true;

    /// <summary>What a connection may take: bytes, time, rates, counts. Where and to whom it listens is said by the others.</summary>
    public HttpServerOptions Http { get; init; } = new();

    /// <summary>Host names answered to besides the server's own; <c>*</c> for all.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Origins whose pages may connect besides the server's own; <c>*</c> for all.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>What a token must be; null asks for none, and everybody may do everything.</summary>
    public TokenRules? Tokens { get; init; }

    /// <summary>Most messages kept per channel.</summary>
    public int HistoryMessages { get; init; } = 1000;

    /// <summary>Most bytes kept per channel.</summary>
    public long HistoryBytes { get; init; } = 16L << 20;

    /// <summary>Most bytes kept by all channels together.</summary>
    public long HistoryTotalBytes { get; init; } = 1L << 30;

    /// <summary>Where messages are written down; null for nowhere.</summary>
    public StoreOptions? Store { get; init; }

    /// <summary>What becomes of subscribers that are too slow.</summary>
    public SlowPolicy Slow { get; init; } = new(SlowKind.Disconnect);

    /// <summary>Channels with a policy of their own for that.</summary>
    public IReadOnlyList<ChannelSlowPolicy> SlowChannels { get; init; } = [];

    /// <summary>How long a message is kept.</summary>
    public TimeSpan HistoryAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long clients may take to leave when draining.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Serve what conformance suites expect, and none of the server's own routes. docs/contract.md, Testee mode.</summary>
    public bool IsTestee { get; init; }

    /// <summary>Folder whose files are served at every path that is no route; null for none.</summary>
    public string? RootFolder { get; init; }

    /// <summary>The compression that WebSockets agree to when it is offered; null for none.</summary>
    public DeflateOptions? Compression { get; init; } = DeflateOptions.Default;

    /// <summary>How event streams are sent, and for how long.</summary>
    public EventStreamOptions EventStreams { get; init; } = new();

    /// <summary>Log each connection and request, and what holds up a thread that connections share.</summary>
    public bool Verbose { get; init; }

    /// <summary>Where to listen.</summary>
    public IReadOnlyList<EndPoint> EndPoints => Listen ?? [new IPEndPoint(Address, Port)];

    /// <summary>Whether other machines may reach it and nothing is asked of them. A Unix-domain socket is no such place.</summary>
    public bool IsOpenToOthers => Tokens is null && !IsTestee && EndPoints.OfType<IPEndPoint>().Any(at => !IPAddress.IsLoopback(at.Address));
}
