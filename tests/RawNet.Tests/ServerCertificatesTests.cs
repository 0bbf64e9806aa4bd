using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace RawNet.Tests;

public sealed class ServerCertificatesTests
{
    static readonly ServerCertificate
        Default = Certificates.Of("default"),
        Star = Certificates.Of("star", "*.example.org", "example.org"),
        Exact = Certificates.Of("exact", "a.example.org", "xn--bcher-kva.example");

    [Theory]
    [InlineData(null, "default")]
    [InlineData("", "default")]
    [InlineData("elsewhere.example", "default")]
    [InlineData("default", "default")] // its subject, which is no name (RFC 9525 §6.4.4), but it is the first
    [InlineData("star", "default")]
    [InlineData("b.example.org", "star")]
    [InlineData("B.Example.Org", "star")]
    [InlineData("example.org", "star")]
    [InlineData("a.b.example.org", "default")]
    [InlineData("a.example.org", "exact")] // the star stands before it, and counts less
    [InlineData("xn--bcher-kva.example", "exact")]
    [InlineData("b\u00fccher.example", "exact")] // as the runtime shows it
    [InlineData("\u00fc..example", "default")]
    [InlineData("192.0.2.1", "default")]
    public void A_client_gets_the_certificate_whose_name_it_asks_for_or_the_first(string? asked, string subject) =>
        Assert.Equal($"CN={subject}", new ServerCertificates([Default, Star, Exact]).For(asked).Leaf.Subject);

    [Fact]
    public void Of_two_with_the_name_the_earlier_is_given() =>
        Assert.Same(Star, new ServerCertificates([Default, Star, Certificates.Of("late", "*.example.org")]).For("b.example.org"));

    [Fact]
    public void It_needs_one()
    {
        Assert.Throws<ArgumentException>(() => new ServerCertificates([]));
        ServerCertificates certificates = new([Star]);
        Assert.Throws<ArgumentException>(() => certificates.Replace([]));
        Assert.Same(Star, certificates.For(null));
    }

    [Fact]
    public void TLS_1_2_and_1_3_are_spoken_and_nothing_is_asked_of_the_client()
    {
        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, Star.Options.EnabledSslProtocols);
        Assert.Equal([SslApplicationProtocol.Http11], Star.Options.ApplicationProtocols!);
        Assert.False(Star.Options.ClientCertificateRequired);
        Assert.Equal(["*.example.org", "example.org"], Star.Names);
        Assert.Empty(Default.Names);
    }

    static async Task EchoUntilEndAsync(ByteChannel channel, Action<TlsChannel> see)
    {
        using (channel)
        {
            see((TlsChannel)channel);
            byte[] bytes = new byte[100];
            while (await channel.ReceiveAsync(bytes) is > 0 and int count) await channel.SendAsync(bytes.AsMemory(0, count));
        }
    }

    static async Task<(TlsChannel Channel, string Subject)> ConnectAsync(LoopbackServer server, string name)
    {
        string subject = "";
        TlsChannel channel = await TlsChannel.ConnectAsync(
            await server.DialAsync(),
            new SslClientAuthenticationOptions { TargetHost = name, RemoteCertificateValidationCallback = (_, shown, _, _) => (subject = shown!.Subject).Length > 0 },
            new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
        return (channel, subject);
    }

    static async Task<string> AskAsync(TlsChannel channel, string text)
    {
        await channel.SendAsync(System.Text.Encoding.ASCII.GetBytes(text));
        byte[] bytes = new byte[100];
        return System.Text.Encoding.ASCII.GetString(bytes, 0, await channel.ReceiveAsync(bytes).AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Theory]
    [InlineData("a.example.org", "CN=exact")]
    [InlineData("z.example.org", "CN=star")]
    [InlineData("b\u00fccher.example", "CN=exact")]
    [InlineData("localhost", "CN=default")]
    public async Task The_name_is_seen_in_a_real_handshake(string asked, string subject)
    {
        await using LoopbackServer server = new(channel => EchoUntilEndAsync(channel, _ => { }), new() { Tls = new([Default, Star, Exact]) });
        (TlsChannel client, string shown) = await ConnectAsync(server, asked);
        using (client) Assert.Equal(subject, shown);
    }

    /// <summary>A context per connection would leak native memory on Linux.</summary>
    [Fact]
    public async Task All_connections_share_one_context_by_reference()
    {
        List<object?> shown = [];
        await using LoopbackServer server = new(
            channel => EchoUntilEndAsync(channel, tls =>
            {
                lock (shown) shown.Add(tls.LocalCertificate);
            }),
            new() { Tls = new([Default, Star]) });
        for (int i = 0; i < 20; i++)
        {
            (TlsChannel client, _) = await ConnectAsync(server, "z.example.org");
            using (client) Assert.Equal("x", await AskAsync(client, "x"));
        }
        await server.UntilOpenAsync(0);
        Assert.Equal(20, shown.Count);
        Assert.All(shown, one => Assert.Same(Star.Options.ServerCertificateContext!.TargetCertificate, one));
        ServerCertificates certificates = new([Default, Star]);
        Assert.Same(certificates.For("z.example.org").Options, certificates.For("y.example.org").Options);
    }

    [Fact]
    public async Task Replaced_under_open_connections_those_go_on_and_new_ones_get_the_new_certificate()
    {
        ServerCertificates certificates = new([Certificates.Of("old", "localhost")]);
        await using LoopbackServer server = new(channel => EchoUntilEndAsync(channel, _ => { }), new() { Tls = certificates });
        List<TlsChannel> before = [];
        for (int i = 0; i < 5; i++)
        {
            (TlsChannel client, string shown) = await ConnectAsync(server, "localhost");
            Assert.Equal("CN=old", shown);
            before.Add(client);
        }
        certificates.Replace([Certificates.Of("new", "localhost")]);
        (TlsChannel after, string now) = await ConnectAsync(server, "localhost");
        using (after) Assert.Equal(("CN=new", "hello"), (now, await AskAsync(after, "hello")));
        foreach (TlsChannel client in before)
            using (client) Assert.Equal("still here", await AskAsync(client, "still here"));
    }

    /// <summary>Written by hand, since no TLS library in use still offers what must be refused. RFC 8996.</summary>
    [Theory]
    [InlineData("0300", "C00A", "C009", "15")] // SSL 3.0
    [InlineData("0301", "C00A", "C009", "15")] // TLS 1.0
    [InlineData("0302", "C00A", "C009", "15")] // TLS 1.1
    [InlineData("0303", "C02B", "C02C", "16")] // TLS 1.2: the same hello is taken
    public async Task A_client_that_offers_no_more_than_TLS_1_1_gets_an_alert(string version, string suite, string other, string answer)
    {
        ServerCertificates certificates = new([Default]);
        await using LoopbackServer server = new(_ => Task.CompletedTask, new() { Tls = certificates });
        using Socket client = await server.DialAsync();
        string extensions = "000A00040002 0017" + "000B00020100" + "000D0006 0004 04030403"; // groups, point formats, signatures: P-256
        string body = version + new string('7', 64) + "00" + "0004" + suite + other + "0100" + $"{Hex(extensions).Length:X4}" + extensions;
        string hello = "01" + $"{Hex(body).Length:X6}" + body;
        await client.SendAsync(Hex("16" + (version == "0300" ? "0300" : "0301") + $"{Hex(hello).Length:X4}" + hello).AsMemory());
        byte[] record = new byte[1];
        int received = await client.ReceiveAsync(record.AsMemory()).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(answer, received == 0 ? "end" : Convert.ToHexString(record));
        client.Dispose();
        Assert.NotEmpty(await server.Events.HandshakeFailed);
    }

    static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
