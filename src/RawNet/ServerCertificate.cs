using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace RawNet;

/// <summary>One certificate of ours, and the settings that all connections that get it share.</summary>
/// <remarks>A certificate context made per connection leaks native memory on Linux, so there is one per certificate.</remarks>
public sealed class ServerCertificate
{
    /// <summary>Prepares a certificate: TLS 1.2 and 1.3, no certificate asked of the client.</summary>
    /// <param name="leaf">With its private key.</param>
    /// <param name="chain">What stands between it and the root; <paramref name="leaf"/> may be among them.</param>
    /// <param name="protocols">What is spoken above TLS, offered to the client by name (RFC 7301).</param>
    /// <exception cref="NotSupportedException">It has no private key.</exception>
    public ServerCertificate(X509Certificate2 leaf, X509Certificate2Collection chain, IReadOnlyList<SslApplicationProtocol> protocols)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        Leaf = leaf;
        Names = [.. leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames())];
        Options = new()
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(leaf, chain, offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13, // RFC 8996: no earlier version
            ApplicationProtocols = [.. protocols],
            ClientCertificateRequired = false,
        };
    }

    /// <summary>The certificate itself.</summary>
    public X509Certificate2 Leaf { get; }

    /// <summary>The names it is for, as it says (RFC 9525 §6.3): perhaps with a wildcard. Its subject is no name.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What every handshake with it uses.</summary>
    public SslServerAuthenticationOptions Options { get; }
}
