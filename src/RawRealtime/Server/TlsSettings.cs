using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RawNet;

namespace RawRealtime.Server;

/// <summary>Reads certificates, each once for all its connections: <see cref="ServerCertificate"/>.</summary>
internal static class TlsSettings
{
    const string NoPassword = " If it has a password, name it with --tls-password-file or RAWREALTIME_TLS_PASSWORD.";

    /// <summary>Reads all files.</summary>
    /// <returns>The certificates in the order in which they were told.</returns>
    /// <exception cref="CertificateException">A file cannot be read, holds no certificate, or a key that is not its own.</exception>
    public static IReadOnlyList<ServerCertificate> Read(TlsFiles files)
    {
        List<ServerCertificate> read = [];
        foreach (PemFile pem in files.Pem) read.Add(Named(pem.Certificate, null, () => ReadPem(pem)));
        if (files.Pfx.Count == 0) return read;
        string? password = files.PasswordFile is null ? files.Password : Named(files.PasswordFile, null, () => ReadPassword(files.PasswordFile));
        foreach (string pfx in files.Pfx) read.Add(Named(pfx, password is null ? NoPassword : null, () => ReadPfx(pfx, password)));
        return read;
    }

    static T Named<T>(string file, string? hint, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CertificateException(file, failure, failure is CryptographicException ? hint : null);
        }
    }

    static ServerCertificate ReadPem(PemFile pem)
    {
        using X509Certificate2 leaf = ReadLeaf(pem);
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(pem.Certificate);
        return WithChain(WithUsableKey(leaf), chain);
    }

    static X509Certificate2 ReadLeaf(PemFile pem)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(pem.Certificate, pem.Key);
        }
        catch (ArgumentException mismatch)
        {
            // To the runtime the key of another certificate is a wrong argument; to us it is a wrong file.
            throw new CryptographicException("The key is not the certificate's own.", mismatch);
        }
    }

    static ServerCertificate ReadPfx(string file, string? password)
    {
        X509Certificate2Collection all = X509CertificateLoader.LoadPkcs12CollectionFromFile(file, password);
        X509Certificate2 leaf = all.FirstOrDefault(one => one.HasPrivateKey) ?? throw new CryptographicException("No certificate in it has its private key.");
        return WithChain(leaf, all);
    }

    static ServerCertificate WithChain(X509Certificate2 leaf, X509Certificate2Collection chain) => new(leaf, chain, [SslApplicationProtocol.Http11]);

    // Editors and echo end a file with a line end, which is no part of the password.
    static string ReadPassword(string file) => File.ReadAllText(file).TrimEnd('\r', '\n');

    // Windows cannot use a key that exists only in memory; a round trip through PKCS #12 gives it one it can.
    static X509Certificate2 WithUsableKey(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
}
