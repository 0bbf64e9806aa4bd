using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RawNet.Tests;

/// <summary>Certificates made for a test.</summary>
static class Certificates
{
    public static X509Certificate2 SelfSigned(string subject, params string[] names)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={subject}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder san = new();
        foreach (string name in names) san.AddDnsName(name);
        if (names.Length > 0) request.CertificateExtensions.Add(san.Build());
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null); // SslStream on Windows takes no ephemeral keys
    }

    public static ServerCertificate Of(string subject, params string[] names) => new(SelfSigned(subject, names), [], [SslApplicationProtocol.Http11]);
}
