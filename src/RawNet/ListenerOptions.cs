namespace RawNet;

/// <summary>How a listener takes connections in.</summary>
public sealed record ListenerOptions
{
    /// <summary>Most connections at a time, over all its addresses. One more is accepted and closed at once, and counted.</summary>
    /// <value>What the descriptor limit in force leaves room for.</value>
    public int MaxConnections { get; init; } = DescriptorLimit.ConnectionsFor(DescriptorLimit.InForce());

    /// <summary>
    /// Most connections of one client address at a time: an IPv4 address, or the 64 bits of an IPv6 address that name its network.
    /// One more is closed at once, and counted. Loopback and Unix-domain sockets are not bounded.
    /// </summary>
    /// <value>A quarter of what the descriptor limit in force leaves room for, at least 256.</value>
    public int MaxConnectionsPerAddress { get; init; } = Math.Max(256, DescriptorLimit.ConnectionsFor(DescriptorLimit.InForce()) / 4);

    /// <summary>Connections the kernel keeps for us until we accept them.</summary>
    /// <value>1,024; the kernel may cap it.</value>
    public int Backlog { get; init; } = 1024;

    /// <summary>The certificates; null for plain connections. Unix-domain sockets are plain in any case: nothing leaves the machine.</summary>
    public ServerCertificates? Tls { get; init; }

    /// <summary>
    /// Makes the bytes that a client gets who speaks HTTP without TLS where TLS is spoken; then the connection ends.
    /// Null to let the handshake fail.
    /// </summary>
    public Func<ReadOnlyMemory<byte>>? PlainOnTlsAnswer { get; init; }

    /// <summary>Proxies that tell whose a connection is: from them a PROXY header is required, before TLS; from others it is never read.</summary>
    /// <value>Nobody.</value>
    public TrustedPeers ProxyHeaderFrom { get; init; } = TrustedPeers.None;

    /// <summary>How long a PROXY header and a TLS handshake may take together, in milliseconds.</summary>
    /// <value>10 s.</value>
    public int HandshakeMilliseconds { get; init; } = 10_000;

    /// <summary>Who may connect to a Unix-domain socket: those who may write to its file.</summary>
    /// <value>660 in octal: its owner and its group.</value>
    public UnixFileMode UnixMode { get; init; } = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>
    /// Whether a connection is served on the thread that accepted it, until it first waits: a hop to another costs more than a short request
    /// does. Only for servers of which nothing holds a thread up; else a busy connection would keep others from being accepted.
    /// </summary>
    /// <value>False: in the thread pool.</value>
    public bool ServesOnAcceptingThread { get; init; }
}
