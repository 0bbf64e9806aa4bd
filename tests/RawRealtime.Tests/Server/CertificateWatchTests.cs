using System.Net.Security;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using RawRealtime.Server;
using Testing;

namespace RawRealtime.Tests.Server;

public sealed class CertificateWatchTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly CertificateFolder files = new();
    readonly ManualTime time = new();
    readonly RecordedLog log = new();
    readonly CertificateWatch watch;
    int age;

    public CertificateWatchTests()
    {
        files.WritePem("cert.pem", "key.pem", "first");
        watch = CertificateWatch.Start(new() { Pem = [new(files["cert.pem"], files["key.pem"])] }, new ServerLog(log), time)!;
    }

    public void Dispose()
    {
        watch.Dispose();
        files.Dispose();
    }

    string InForce => watch.Certificates.For(null).Leaf.Subject;

    void Looks(int times) => time.Advance(times * CertificateWatch.LookMilliseconds);

    // Files written within one tick of the file system's clock would look the same.
    void Touch(string file) => File.SetLastWriteTimeUtc(files[file], new DateTime(2026, 1, 1, 0, 0, ++age, DateTimeKind.Utc));

    [Fact]
    public void Without_certificates_nothing_is_watched() => Assert.Null(CertificateWatch.Start(new(), new ServerLog(log), time));

    [Fact]
    public void What_does_not_change_is_not_read_again()
    {
        Looks(10);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public void A_new_certificate_is_in_force_when_two_looks_saw_the_same()
    {
        files.WritePem("cert.pem", "key.pem", "second");
        Touch("cert.pem");
        Looks(1);
        Assert.Equal("CN=first", InForce);
        Looks(1);
        Assert.Equal("CN=second", InForce);
        Assert.Matches("^Information: New certificates in force: CN=second until [0-9]{4}-[0-9]{2}-[0-9]{2}$", Assert.Single(log.Lines));
    }

    [Fact]
    public void A_key_that_comes_after_its_certificate_is_waited_for()
    {
        files.WritePem("cert.pem", "new-key.pem", "second");
        Touch("cert.pem");
        Looks(1);
        File.Copy(files["new-key.pem"], files["key.pem"], overwrite: true);
        Touch("key.pem");
        Looks(1);
        Assert.Empty(log.Lines);
        Looks(1);
        Assert.Equal("CN=second", InForce);
    }

    [Fact]
    public void A_file_of_no_use_keeps_the_old_one_and_is_told_once()
    {
        File.WriteAllText(files["cert.pem"], "no certificate at all");
        Touch("cert.pem");
        Looks(5);
        Assert.Equal("CN=first", InForce);
        string told = Assert.Single(log.Lines);
        Assert.StartsWith("Warning: The certificates changed and cannot use the certificate ", told);
        Assert.Contains(files["cert.pem"], told);

        File.Delete(files["cert.pem"]);
        Looks(5);
        Assert.Equal(("CN=first", 2), (InForce, log.Lines.Length));

        files.WritePem("cert.pem", "key.pem", "third");
        Touch("cert.pem");
        Looks(2);
        Assert.Equal(("CN=third", 3), (InForce, log.Lines.Length));
    }

    /// <summary>Certificates are often renewed by pointing a link elsewhere, perhaps a link to a folder in the middle of the path.</summary>
    [Fact]
    public void A_link_that_leads_elsewhere_is_a_change()
    {
        if (OperatingSystem.IsWindows()) return; // links need a privilege there
        string one = files["one"], two = files["two"], live = files["live"];
        Directory.CreateDirectory(one);
        Directory.CreateDirectory(two);
        files.WritePem("one/both.pem", "one/both.pem", "before");
        files.WritePem("two/both.pem", "two/both.pem", "after");
        Touch("one/both.pem");
        Touch("two/both.pem");
        Directory.CreateSymbolicLink(live, one);
        using CertificateWatch linked = CertificateWatch.Start(new() { Pem = [new(Path.Combine(live, "both.pem"), null)] }, new ServerLog(log), time)!;
        Directory.Delete(live);
        Directory.CreateSymbolicLink(live, two);
        Looks(2);
        Assert.Equal("CN=after", linked.Certificates.For(null).Leaf.Subject);
    }

    [Fact]
    public void Once_disposed_it_looks_no_more()
    {
        watch.Dispose();
        Assert.Equal(0, time.Timers);
    }

    [Fact]
    public async Task Renewed_under_open_connections_those_go_on_and_new_ones_see_it()
    {
        TlsFiles tls = new() { Pem = [new(files["cert.pem"], files["key.pem"])] };
        await using RealtimeServer server = RealtimeServer.Start(new() { Port = 0, Tls = tls }, NullLoggerFactory.Instance, time);
        (SslStream stream, string shown) before = await ConnectAsync(server);
        await using (before.stream)
        {
            Assert.Equal(("CN=first", "200"), (before.shown, await StatusAsync(before.stream)));
            files.WritePem("cert.pem", "key.pem", "renewed");
            Touch("cert.pem");
            Looks(2);
            (SslStream stream, string shown) after = await ConnectAsync(server);
            await using (after.stream) Assert.Equal(("CN=renewed", "200"), (after.shown, await StatusAsync(after.stream)));
            Assert.Equal("200", await StatusAsync(before.stream));
        }
    }

    static async Task<(SslStream Stream, string Shown)> ConnectAsync(RealtimeServer server)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", new Uri(server.BaseAddress).Port);
        string subject = "";
        SslStream stream = new(new NetworkStream(socket, ownsSocket: true), false, (_, shown, _, _) => (subject = shown!.Subject).Length > 0);
        await stream.AuthenticateAsClientAsync("localhost").WaitAsync(Patience);
        return (stream, subject);
    }

    static async Task<string> StatusAsync(SslStream stream)
    {
        await stream.WriteAsync("HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        byte[] head = new byte[4096];
        for (int read = 0; ;)
        {
            int more = await stream.ReadAsync(head.AsMemory(read)).AsTask().WaitAsync(Patience);
            read += more;
            string text = System.Text.Encoding.ASCII.GetString(head, 0, read);
            if (more == 0 || text.EndsWith("\r\n\r\n", StringComparison.Ordinal)) return text.Split(' ')[1];
        }
    }
}
