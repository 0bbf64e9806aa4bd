using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using RawNet;
using RawRealtime.Server;

namespace RawRealtime.Tests.Server;

public sealed class TlsSettingsTests : IDisposable
{
    readonly CertificateFolder files = new();

    public TlsSettingsTests()
    {
        files.WritePem("cert.pem", "key.pem", "two-files");
        files.WritePem("both.pem", "both.pem", "one-file", "*.example.org");
        files.WritePfx("open.pfx", null, "open");
        files.WritePfx("locked.pfx", "open sesame", "locked");
        files.WritePfx("keyless.pfx", null, "keyless", withKey: false);
    }

    public void Dispose() => files.Dispose();

    TlsFiles Pem(string certificate, string? key = null) => new() { Pem = [new(files[certificate], key is null ? null : files[key])] };

    TlsFiles Pfx(string file, string? password = null) => new() { Pfx = [files[file]], Password = password };

    [Fact]
    public void Without_a_certificate_there_is_no_tls() => Assert.Empty(TlsSettings.Read(new()));

    [Fact]
    public void The_key_may_be_in_the_same_file()
    {
        Assert.Equal("CN=two-files", Assert.Single(TlsSettings.Read(Pem("cert.pem", "key.pem"))).Leaf.Subject);
        ServerCertificate read = Assert.Single(TlsSettings.Read(Pem("both.pem")));
        Assert.Equal(("CN=one-file", "*.example.org"), (read.Leaf.Subject, Assert.Single(read.Names)));
        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, read.Options.EnabledSslProtocols);
        Assert.Equal([SslApplicationProtocol.Http11], read.Options.ApplicationProtocols!);
        Assert.NotNull(read.Options.ServerCertificateContext);
    }

    [Fact]
    public void A_password_is_told_by_a_file_or_by_the_environment_and_the_file_counts_more()
    {
        Assert.Equal("CN=open", Assert.Single(TlsSettings.Read(Pfx("open.pfx"))).Leaf.Subject);
        Assert.Equal("CN=locked", Assert.Single(TlsSettings.Read(Pfx("locked.pfx", "open sesame"))).Leaf.Subject);
        File.WriteAllText(files["password"], "open sesame\r\n");
        Assert.Equal("CN=locked", Assert.Single(TlsSettings.Read(Pfx("locked.pfx", "wrong") with { PasswordFile = files["password"] })).Leaf.Subject);
    }

    [Fact]
    public void Those_in_PEM_come_first()
    {
        TlsFiles all = Pfx("open.pfx") with { Pem = [new(files["both.pem"], null), new(files["cert.pem"], files["key.pem"])] };
        Assert.Equal(["CN=one-file", "CN=two-files", "CN=open"], TlsSettings.Read(all).Select(one => one.Leaf.Subject));
        Assert.Equal([files["both.pem"], files["cert.pem"], files["key.pem"], files["open.pfx"]], all.All);
    }

    [Fact]
    public void An_unusable_file_is_named()
    {
        files.WritePem("other.pem", "foreign.pem", "other");
        File.WriteAllText(files["text.pfx"], "no certificate at all");
        AssertUnusable("cert.pem", Pem("cert.pem"));
        AssertUnusable("key.pem", Pem("key.pem"));
        AssertUnusable("cert.pem", Pem("cert.pem", "foreign.pem"));
        AssertUnusable("none.pem", Pem("none.pem"));
        AssertUnusable("text.pfx", Pfx("text.pfx"));
        AssertUnusable("none.pfx", Pfx("none.pfx"));
        AssertUnusable("none.txt", Pfx("open.pfx") with { PasswordFile = files["none.txt"] });
        Assert.Contains("private key", AssertUnusable("keyless.pfx", Pfx("keyless.pfx")));
        Assert.Contains("RAWREALTIME_TLS_PASSWORD", AssertUnusable("locked.pfx", Pfx("locked.pfx")));
        Assert.DoesNotContain("RAWREALTIME_TLS_PASSWORD", AssertUnusable("locked.pfx", Pfx("locked.pfx", "wrong")));
    }

    string AssertUnusable(string file, TlsFiles told)
    {
        string message = Assert.Throws<CertificateException>(() => TlsSettings.Read(told)).Message;
        Assert.Contains(files[file], message);
        Assert.DoesNotContain("\n", message);
        return message;
    }

    [Fact]
    public async Task The_server_speaks_https_with_it()
    {
        await using RealtimeServer server = RealtimeServer.Start(new() { Port = 0, Tls = Pem("both.pem") }, NullLoggerFactory.Instance, TimeProvider.System);
        Assert.StartsWith("https://127.0.0.1:", server.BaseAddress);
        using TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", new Uri(server.BaseAddress).Port);
        await using SslStream tls = new(client.GetStream(), false, (_, shown, _, _) => shown?.Subject == "CN=one-file");
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] });
        Assert.Equal(SslApplicationProtocol.Http11, tls.NegotiatedApplicationProtocol);
        await tls.WriteAsync("GET /healthz HTTP/1.0\r\nOrigin: https://localhost\r\n\r\n"u8.ToArray());
        using StreamReader answer = new(tls);
        Assert.EndsWith("\r\n\r\nok\n", await answer.ReadToEndAsync());
    }
}
