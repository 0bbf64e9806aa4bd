using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Conformance;

/// <summary>A certificate for this test alone, as the two files an administrator would have.</summary>
sealed class PemFiles : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rawrealtime-");

    public PemFiles()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Thumbprint = certificate.GetCertHashString();
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>By which a client knows that it is this one.</summary>
    public string Thumbprint { get; }

    public string Certificate => Path.Combine(folder.FullName, "cert.pem");

    public string Key => Path.Combine(folder.FullName, "key.pem");

    public void Dispose() => folder.Delete(recursive: true);
}
