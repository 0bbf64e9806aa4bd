using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using RawRealtime.Server;

namespace Conformance;

/// <summary>The ways in besides a port: Unix-domain sockets, proxies, certificates of several kinds. docs/deploying.md.</summary>
public sealed class ListenTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rawrealtime-").FullName;

    string SocketFile => Path.Combine(folder, "http.sock");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SkippableFact]
    public async Task Curl_speaks_over_a_Unix_domain_socket()
    {
        Tools.RequireUnix();
        await using RunningServer server = RunningServer.Start(new ServerOptions { Listen = [new UnixDomainSocketEndPoint(SocketFile)] });
        string[] over = ["--unix-socket", SocketFile];

        Assert.Equal("202", await Curl.StatusAsync([.. over, "-d", "by file", "http://localhost/publish"]));
        Assert.Contains("\"data\":\"by file\"", await Curl.OutputAsync([.. over, "http://localhost/poll?cursor=earliest"]), StringComparison.Ordinal);
        Assert.Equal("421", await Curl.StatusAsync([.. over, "http://elsewhere.example/healthz"]));
        await using Child events = Curl.Start([.. over, "-N", "http://localhost/events?cursor=earliest"]);
        await events.LineAsync("data: by file");
    }

    [SkippableFact]
    public async Task The_exe_listens_at_a_file_and_a_port_and_leaves_no_file_behind()
    {
        Tools.RequireUnix();
        await using Exe exe = await Exe.StartWithAsync(["--port", "0", "--listen", $"unix:{SocketFile}", "--listen-mode", "600"]);

        Assert.Equal("200", await Curl.StatusAsync($"{exe.Http}/healthz"));
        Assert.Equal("200", await Curl.StatusAsync("--unix-socket", SocketFile, "http://localhost/healthz"));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SocketFile));
        Ended second = await Exe.RunAsync(["--listen", $"unix:{SocketFile}"]);
        Assert.Equal((2, $"rawrealtime: cannot listen on {SocketFile}: another program listens there. Stop that program, or choose another path with --listen.\n"), (second.ExitCode, second.Errors));

        exe.Process.Signal(Child.Terminate);
        Assert.Equal(0, (await exe.Process.EndAsync()).ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [SkippableFact]
    public async Task Plain_http_to_a_TLS_port_is_told_to_use_https()
    {
        using PemFiles pem = new();
        await using RunningServer secure = RunningServer.Start(new ServerOptions { Tls = new() { Pem = [new(pem.Certificate, pem.Key)] } });

        string output = await Curl.OutputAsync("-i", $"http://127.0.0.1:{secure.Port}/");

        Assert.StartsWith("HTTP/1.1 400 ", output, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"plain-http-on-tls-port\"", output, StringComparison.Ordinal);
        Assert.Equal("200", await Curl.StatusAsync("-k", $"{secure.Http}/healthz"));
    }

    [SkippableFact]
    public async Task Curl_speaks_as_a_proxy_and_a_trusted_peer_that_does_not_is_closed()
    {
        using PemFiles pem = new();
        RawNet.TrustedPeers loopback = new([new IPNetwork(IPAddress.Loopback, 32)], unix: false);
        await using RunningServer plain = RunningServer.Start(new ServerOptions { ProxyHeaderFrom = loopback });
        await using RunningServer secure = RunningServer.Start(new ServerOptions { ProxyHeaderFrom = loopback, Tls = new() { Pem = [new(pem.Certificate, pem.Key)] } });
        await using RunningServer trusting = RunningServer.Start();

        Assert.Equal("200", await Curl.StatusAsync("--haproxy-protocol", $"{plain.Http}/healthz"));
        Assert.Equal("200", await Curl.StatusAsync("--haproxy-protocol", "-k", $"{secure.Http}/healthz"));
        Assert.NotEqual(0, (await Curl.RunAsync($"{plain.Http}/healthz")).ExitCode);
        Assert.Equal("400", await Curl.StatusAsync("--haproxy-protocol", $"{trusting.Http}/healthz"));
    }

    [SkippableFact]
    public async Task A_certificate_may_be_a_pfx_whose_password_only_the_environment_tells()
    {
        using PemFiles pem = new();
        string pfx = Path.Combine(folder, "both.pfx");
        using (X509Certificate2 both = X509Certificate2.CreateFromPemFile(pem.Certificate, pem.Key))
            await File.WriteAllBytesAsync(pfx, both.Export(X509ContentType.Pkcs12, "open sesame"));
        await using Exe exe = await Exe.StartWithAsync(["--port", "0", "--tls-pfx", pfx], ("RAWREALTIME_TLS_PASSWORD", "open sesame"));

        Assert.Equal("200", await Curl.StatusAsync("--cacert", pem.Certificate, $"{exe.Http}/healthz"));
        Ended refused = await Exe.RunAsync(["--port", "0", "--tls-pfx", pfx]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("RAWREALTIME_TLS_PASSWORD", refused.Errors, StringComparison.Ordinal);
    }
}
