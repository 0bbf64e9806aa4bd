using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Testing;

namespace RawNet.Tests;

public sealed class PlainOnTlsTests
{
    static readonly ServerCertificates Tls = new([Certificates.Of("localhost", "localhost")]);

    static LoopbackServer Serve(TimeProvider? time = null) => new(
        channel =>
        {
            channel.Dispose();
            return Task.CompletedTask;
        },
        new() { Tls = Tls, PlainOnTlsAnswer = () => Encoding.ASCII.GetBytes("use https"), HandshakeMilliseconds = 5000 },
        time);

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("post / HTTP/1.1\r\n")]
    [InlineData("x")]
    public async Task Who_speaks_HTTP_is_answered_and_let_go(string text)
    {
        await using LoopbackServer server = Serve();
        using Socket client = await server.DialAsync();
        await client.SendAsync(Encoding.ASCII.GetBytes(text).AsMemory());
        Assert.Equal("use https", await client.ReadAllAsync());
        Assert.Equal(1, server.Events.PlainOnTls);
        client.Dispose();
        await server.UntilOpenAsync(0);
    }

    [Fact]
    public async Task What_is_still_sent_does_not_reset_the_answer_away()
    {
        await using LoopbackServer server = Serve();
        using Socket client = await server.DialAsync();
        byte[] much = Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\n\r\n" + new string('x', 300_000));
        await client.SendAsync(much.AsMemory(0, 100));
        byte[] answer = new byte[100];
        Assert.Equal(9, await client.ReceiveAsync(answer.AsMemory()).AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        await client.SendAsync(much.AsMemory(100));
        Assert.Equal("", await client.ReadAllAsync());
    }

    [Fact]
    public async Task Who_does_not_leave_after_the_answer_is_closed_when_the_handshakes_time_is_over()
    {
        ManualTime time = new();
        await using LoopbackServer server = Serve(time);
        using Socket client = await server.DialAsync();
        await client.SendAsync("GET"u8.ToArray().AsMemory());
        Assert.Equal("use https", await client.ReadAllAsync());
        Assert.Equal(1, server.Listener.OpenConnections);
        time.Advance(5000);
        await server.UntilOpenAsync(0);
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("\u0080")] // SSL 2.0
    [InlineData("\u0015\u0003\u0001\0\u0002\u0002\0")] // an alert
    public async Task What_is_neither_HTTP_nor_TLS_is_left_to_the_handshake(string text)
    {
        await using LoopbackServer server = Serve();
        using Socket client = await server.DialAsync();
        await client.SendAsync(Encoding.Latin1.GetBytes(text).AsMemory());
        client.Shutdown(SocketShutdown.Send);
        Assert.NotEmpty(await server.Events.HandshakeFailed);
        Assert.Equal(0, server.Events.PlainOnTls);
    }

    [Fact]
    public async Task TLS_is_served_as_ever_after_a_PROXY_header_too()
    {
        TaskCompletionSource<string> peer = new();
        await using LoopbackServer server = new(
            channel =>
            {
                using (channel) peer.TrySetResult($"{channel.RemoteEndPoint} {channel.IsSecure}");
                return Task.CompletedTask;
            },
            new() { Tls = Tls, PlainOnTlsAnswer = () => Encoding.ASCII.GetBytes("use https"), ProxyHeaderFrom = new([new(System.Net.IPAddress.Loopback, 32)], unix: false) });
        using (Socket plain = await server.DialAsync())
        {
            await plain.SendAsync("PROXY TCP4 192.0.2.7 192.0.2.1 1 2\r\nGET "u8.ToArray().AsMemory());
            Assert.Equal("use https", await plain.ReadAllAsync());
        }
        Socket socket = await server.DialAsync();
        await socket.SendAsync("PROXY TCP4 192.0.2.7 192.0.2.1 1 2\r\n"u8.ToArray().AsMemory());
        SslClientAuthenticationOptions options = new() { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=localhost" };
        using TlsChannel client = await TlsChannel.ConnectAsync(socket, options, new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
        Assert.Equal("192.0.2.7:1 True", await peer.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }
}
