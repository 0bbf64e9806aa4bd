using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RawRealtime.Server;

/// <summary>Reads the certificate once, for all connections: a context made per connection leaks native memory on Linux.</summary>
internal static class TlsSettings
{
    /// <summary>Reads the PEM files; null when none is named.</summary>
    /// <exception cref="CryptographicException">No usable certificate, or a key that is not its own.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static SslServerAuthenticationOptions? Read(string? certificateFile, string? keyFile)
    {
        if (certificateFile is null) return null;
        using X509Certificate2 leaf = ReadLeaf(certificateFile, keyFile);
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(certificateFile);
        return new()
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(WithUsableKey(leaf), chain, offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            ClientCertificateRequired = false,
        };
    }

    static X509Certificate2 ReadLeaf(string certificateFile, string? keyFile)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        }
        catch (ArgumentException mismatch)
        {
            // To the runtime the key of another certificate is a wrong argument; to us it is a wrong file.
            throw new CryptographicException("The key is not the certificate's own.", mismatch);
        }
    }

    // Windows cannot use a key that exists only in memory; a round trip through PKCS #12 gives it one it can.
    static X509Certificate2 WithUsableKey(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
}
