using System.Net;

namespace RawRealtime.Server;

/// <summary>What the standalone server is told.</summary>
internal sealed record ServerOptions
{
    /// <summary>Address to listen on.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port to listen on; 0 picks a free one.</summary>
    public int Port { get; init; } = 5000;

    /// <summary>Path of the certificate chain (PEM); null for plain http and ws.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Path of the private key (PEM); null when it is in the certificate's file.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Host names answered to besides the server's own; <c>*</c> for all.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Origins whose pages may connect besides the server's own; <c>*</c> for all.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Most messages kept per channel.</summary>
    public int HistoryMessages { get; init; } = 1000;

    /// <summary>Most bytes kept per channel.</summary>
    public long HistoryBytes { get; init; } = 16L << 20;

    /// <summary>How long a message is kept.</summary>
    public TimeSpan HistoryAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long clients may take to leave when draining.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Serve what conformance suites expect, and none of the server's own routes. docs/contract.md, Testee mode.</summary>
    public bool IsTestee { get; init; }

    /// <summary>Log each connection and request.</summary>
    public bool Verbose { get; init; }
}
