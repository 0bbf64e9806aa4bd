using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using RawRealtime.Server;

namespace RawRealtime.Tests.Server;

public sealed class TlsSettingsTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rawrealtime-tls").FullName;
    readonly string certificate, key, both;

    public TlsSettingsTests()
    {
        (certificate, key, both) = (Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"), Path.Combine(folder, "both.pem"));
        using ECDsa pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", pair, HashAlgorithmName.SHA256);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(certificate, made.ExportCertificatePem());
        File.WriteAllText(key, pair.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(both, made.ExportCertificatePem() + "\n" + pair.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Without_a_certificate_there_is_no_tls() => Assert.Null(TlsSettings.Read(null, null));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_key_may_be_in_the_same_file(bool inOneFile)
    {
        SslServerAuthenticationOptions settings = inOneFile ? TlsSettings.Read(both, null)! : TlsSettings.Read(certificate, key)!;
        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, settings.EnabledSslProtocols);
        Assert.Equal([SslApplicationProtocol.Http11], settings.ApplicationProtocols);
        Assert.NotNull(settings.ServerCertificateContext);
    }

    [Fact]
    public void Unusable_files_are_told_by_their_exceptions()
    {
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string foreign = Path.Combine(folder, "foreign.pem");
        File.WriteAllText(foreign, other.ExportPkcs8PrivateKeyPem());
        Assert.ThrowsAny<CryptographicException>(() => TlsSettings.Read(certificate, null));
        Assert.ThrowsAny<CryptographicException>(() => TlsSettings.Read(key, null));
        Assert.ThrowsAny<Exception>(() => TlsSettings.Read(certificate, foreign));
        Assert.ThrowsAny<IOException>(() => TlsSettings.Read(Path.Combine(folder, "none.pem"), null));
    }

    [Fact]
    public async Task The_server_speaks_https_with_it()
    {
        await using RealtimeServer server = RealtimeServer.Start(new() { Port = 0, CertificateFile = both }, NullLoggerFactory.Instance, TimeProvider.System);
        Assert.StartsWith("https://127.0.0.1:", server.BaseAddress);
        using TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", new Uri(server.BaseAddress).Port);
        await using SslStream tls = new(client.GetStream(), false, (_, shown, _, _) => shown?.Subject == "CN=localhost");
        await tls.AuthenticateAsClientAsync("localhost");
        await tls.WriteAsync("GET /healthz HTTP/1.0\r\nOrigin: https://localhost\r\n\r\n"u8.ToArray());
        using StreamReader answer = new(tls);
        Assert.EndsWith("\r\n\r\nok\n", await answer.ReadToEndAsync());
    }
}
