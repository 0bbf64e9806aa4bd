using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RawRealtime.Tests.Server;

/// <summary>A folder for the certificates of one test.</summary>
internal sealed class CertificateFolder : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rawrealtime-tls").FullName;

    public string this[string name] => Path.Combine(folder, name);

    /// <summary>A certificate of its own, for the names.</summary>
    public static (X509Certificate2 Certificate, ECDsa Key) Make(string subject, params string[] names)
    {
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={subject}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder san = new();
        foreach (string name in names) san.AddDnsName(name);
        if (names.Length > 0) request.CertificateExtensions.Add(san.Build());
        return (request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1)), key);
    }

    /// <summary>Writes a certificate and its key into two files, or into one.</summary>
    public void WritePem(string certificate, string key, string subject, params string[] names)
    {
        (X509Certificate2 made, ECDsa pair) = Make(subject, names);
        using (made)
        using (pair)
        {
            File.WriteAllText(this[certificate], made.ExportCertificatePem() + "\n");
            File.AppendAllText(this[key], "");
            if (key != certificate) File.Delete(this[key]);
            File.AppendAllText(this[key], pair.ExportPkcs8PrivateKeyPem());
        }
    }

    public void WritePfx(string file, string? password, string subject, bool withKey = true)
    {
        (X509Certificate2 made, ECDsa pair) = Make(subject);
        using (made)
        using (pair)
        {
            X509Certificate2 exported = withKey ? made : X509CertificateLoader.LoadCertificate(made.RawData);
            File.WriteAllBytes(this[file], exported.Export(X509ContentType.Pkcs12, password));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
