using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Threading.Channels;
using RawHttp.Wire;
using RawWebSocket.Handshake;
using RawWebSocket.Wire;
using Testing;

namespace RawWebSocket.Tests;

public sealed class WsClientTests
{
    /// <summary>Copies what comes into a channel that a test can wait at.</summary>
    sealed class Listening : IWsHandler
    {
        public Channel<byte[]> Messages { get; } = Channel.CreateUnbounded<byte[]>();

        public ValueTask OnMessageAsync(WsConnection connection, WsMessage message) => Messages.Writer.WriteAsync(message.Payload.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(70_000)]
    [InlineData(900_000)]
    public async Task Our_client_gets_its_messages_back_from_our_server(int length)
    {
        await using var server = new LoopbackServer(() => new EchoHandler());
        var heard = new Listening();
        WsClient client = await WsClient.ConnectAsync(server.Uri, heard);
        byte[] message = new byte[length];
        new Random(length).NextBytes(message);
        Assert.True(client.Connection.TrySendBinary(message));
        Assert.Equal(message, await heard.Messages.Reader.ReadAsync());
        client.Connection.Close(CloseCode.Normal, "done");
        Assert.Equal(WsEnding.ClosedByUs, await client.Completion);
        (WsEnding ending, WsConnection connection) = await server.Endings.Reader.ReadAsync();
        Assert.Equal((WsEnding.ClosedByPeer, "done"), (ending, connection.CloseReason));
    }

    [Fact]
    public async Task Subprotocols_and_fields_are_sent()
    {
        await using var server = new LoopbackServer(() => new EchoHandler(), null, "v1");
        WsClient client = await WsClient.ConnectAsync(server.Uri, new Listening(), new()
        {
            Subprotocols = ["v2", "v1"],
            Fields = [KeyValuePair.Create("Origin", $"http://{server.Uri.Authority}")],
        });
        Assert.Equal("v1", client.Connection.Subprotocol);
        WsOpeningException refused = await Assert.ThrowsAsync<WsOpeningException>(() =>
            WsClient.ConnectAsync(server.Uri, new Listening(), new() { Fields = [KeyValuePair.Create("Origin", "http://evil.example")] }));
        Assert.Equal(403, refused.Status);
        client.Connection.Close(CloseCode.Normal);
        Assert.Equal(WsEnding.ClosedByUs, await client.Completion);
    }

    [Fact]
    public async Task Messages_can_be_asked_for_and_disposing_closes()
    {
        await using var server = new LoopbackServer(() => new EchoHandler());
        await using (WsClient client = await WsClient.ConnectAsync(server.Uri))
        {
            for (int i = 0; i < 3; i++) Assert.True(await client.Connection.SendTextAsync($"{i}"));
            List<string> read = [];
            await foreach (WsMessage message in client.ReadAllAsync())
            {
                read.Add(message.AsText());
                if (read.Count == 2) break;
            }
            Assert.Equal(["0", "1"], read); // the third stays unread
        }
        (WsEnding ending, WsConnection connection) = await server.Endings.Reader.ReadAsync();
        Assert.Equal((WsEnding.ClosedByPeer, CloseCode.Normal), (ending, connection.CloseCode));
    }

    [Fact]
    public async Task A_server_can_ask_for_its_messages_too_and_a_ping_is_answered_while_it_does()
    {
        await using var server = new LoopbackServer(() => new WsMessageReader(async messages =>
        {
            await foreach (WsMessage message in messages.ReadAllAsync()) await messages.Connection.SendAsync(message);
        }));
        await using WsClient client = await WsClient.ConnectAsync(server.Uri);
        await client.Connection.SendTextAsync("hello");
        Assert.Equal("hello", (await client.ReceiveAsync())?.AsText());
        Assert.InRange(await Reading(client, client.Connection.PingAsync()), TimeSpan.Zero, TimeSpan.FromMinutes(1));
        client.Connection.Close(CloseCode.Normal, "done");
        Assert.Null(await client.ReceiveAsync());
        Assert.Equal(WsEnding.ClosedByUs, await client.Completion);

        // A pong comes only as far as somebody reads.
        static async Task<TimeSpan> Reading(WsClient client, Task<TimeSpan> ping)
        {
            using var enough = new CancellationTokenSource();
            ValueTask<WsMessage?> reading = client.ReceiveAsync(enough.Token);
            TimeSpan took = await ping;
            await enough.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
            return took;
        }
    }

    [Fact]
    public async Task What_a_handler_is_told_can_not_be_asked_for()
    {
        await using var server = new LoopbackServer(() => new EchoHandler());
        await using WsClient client = await WsClient.ConnectAsync(server.Uri, new Listening());
        Assert.Throws<InvalidOperationException>(() => client.ReadAllAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await client.ReceiveAsync());
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("ws://user@127.0.0.1/")]
    [InlineData("ws://127.0.0.1/#fragment")]
    public async Task Other_uris_are_the_callers_mistake(string uri) =>
        await Assert.ThrowsAsync<ArgumentException>(() => WsClient.ConnectAsync(new Uri(uri), new Listening()));

    [Theory]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", OpeningFault.NotSwitched, HttpFault.None, 403)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n", OpeningFault.WrongAccept, HttpFault.None, 101)]
    [InlineData("220 mail.example.org ESMTP ready\r\n", OpeningFault.None, HttpFault.BadStatusLine, 0)]
    public async Task A_server_that_does_not_switch_is_named(string answer, OpeningFault fault, HttpFault http, int status)
    {
        using Socket listener = Listen(out Uri uri);
        Task<WsClient> connecting = WsClient.ConnectAsync(uri, new Listening());
        using Socket accepted = await listener.AcceptAsync();
        await accepted.SendAsync(Encoding.ASCII.GetBytes(answer).AsMemory());
        WsOpeningException refused = await Assert.ThrowsAsync<WsOpeningException>(() => connecting);
        Assert.Equal((fault, http, status), (refused.Fault, refused.HttpFault, refused.Status));
    }

    [Fact]
    public async Task A_server_that_leaves_without_an_answer_is_an_io_error()
    {
        using Socket listener = Listen(out Uri uri);
        Task<WsClient> connecting = WsClient.ConnectAsync(uri, new Listening());
        Socket accepted = await listener.AcceptAsync();
        await accepted.ReceiveAsync(new byte[1024].AsMemory());
        accepted.Dispose();
        await Assert.ThrowsAsync<IOException>(() => connecting);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_waited_for_only_so_long()
    {
        using Socket listener = Listen(out Uri uri);
        await Assert.ThrowsAsync<TimeoutException>(() => WsClient.ConnectAsync(uri, new Listening(), new() { OpenSeconds = 1 }));
    }

    [Fact]
    public async Task Waiting_for_an_answer_can_be_cancelled()
    {
        using Socket listener = Listen(out Uri uri);
        using var cancel = new CancellationTokenSource();
        Task<WsClient> connecting = WsClient.ConnectAsync(uri, new Listening(), null, cancel.Token);
        using Socket accepted = await listener.AcceptAsync();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [Fact]
    public async Task A_proxy_leads_to_the_server()
    {
        await using var server = new LoopbackServer(() => new EchoHandler());
        using var proxy = new TunnelProxy();
        await using WsClient client = await WsClient.ConnectAsync(server.Uri, options: new() { Proxy = proxy.Uri });
        Assert.StartsWith($"CONNECT {server.Uri.Authority} HTTP/1.1\r\nHost: {server.Uri.Authority}\r\nProxy-Authorization: Basic dXNlcjpwYXNz\r\n", await proxy.Asked, StringComparison.Ordinal);
        await client.Connection.SendTextAsync("through");
        Assert.Equal("through", (await client.ReceiveAsync())?.AsText());
    }

    [Fact]
    public async Task A_proxy_that_refuses_or_never_answers_fails_the_attempt()
    {
        using Socket listener = Listen(out Uri uri);
        Uri proxy = new($"http://{uri.Authority}");
        Task<WsClient> connecting = WsClient.ConnectAsync(new Uri("ws://example.invalid/"), options: new() { Proxy = proxy });
        using Socket accepted = await listener.AcceptAsync();
        await accepted.SendAsync("HTTP/1.1 403 Forbidden\r\n\r\n"u8.ToArray().AsMemory());
        Assert.Equal(403, (await Assert.ThrowsAsync<RawHttp.Client.HttpProxyException>(() => connecting)).Status);
        await Assert.ThrowsAsync<TimeoutException>(() => WsClient.ConnectAsync(new Uri("ws://example.invalid/"), options: new() { Proxy = proxy, OpenSeconds = 1 }));
        await Assert.ThrowsAsync<ArgumentException>(() => WsClient.ConnectAsync(new Uri("ws://example.invalid/"), options: new() { Proxy = proxy, UnixPath = "/tmp/x" }));
        Assert.Throws<ArgumentException>(() => new WsClientOptions { Proxy = new("https://proxy.test") });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Over_TLS_the_server_proves_its_name_and_the_rest_is_the_same(bool throughProxy)
    {
        using var server = new TlsServer("localhost");
        using TunnelProxy? proxy = throughProxy ? new() : null;
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Uri uri = new($"wss://localhost:{server.EndPoint.Port}/chat");
        Task<(SslStream Stream, Socket)> accepting = server.AcceptAsync(late.Token);
        var heard = new Listening();
        Task<WsClient> connecting = WsClient.ConnectAsync(uri, heard, new() { Tls = server.Trusting, Proxy = proxy?.Uri }, late.Token);
        await using SslStream stream = (await accepting).Stream;
        string request = await ReadHeadAsync(stream, late.Token);
        Assert.StartsWith($"GET /chat HTTP/1.1\r\nHost: localhost:{server.EndPoint.Port}\r\n", request);
        byte[] key = Encoding.ASCII.GetBytes(request.Split("Sec-WebSocket-Key: ")[1].Split('\r')[0]), accept = new byte[AcceptKey.AcceptBytes];
        AcceptKey.Write(key, accept);
        string answer = $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {Encoding.ASCII.GetString(accept)}\r\n\r\n";
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(answer), 0x82, 3, .. "abc"u8], late.Token); // a first message at its heels
        WsClient client = await connecting;
        Assert.Equal("abc"u8.ToArray(), await heard.Messages.Reader.ReadAsync(late.Token));
        client.Connection.Abort();
        Assert.Equal(WsEnding.Aborted, await client.Completion);
    }

    [Fact]
    public async Task Over_TLS_a_certificate_that_nobody_vouches_for_is_refused()
    {
        using var server = new TlsServer("localhost");
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Task accepting = server.AcceptAsync(late.Token);
        await Assert.ThrowsAsync<AuthenticationException>(() => WsClient.ConnectAsync(new($"wss://localhost:{server.EndPoint.Port}/"), new Listening(), null, late.Token));
        await Record.ExceptionAsync(() => accepting);
    }

    static async Task<string> ReadHeadAsync(Stream stream, CancellationToken late)
    {
        byte[] bytes = new byte[4096];
        int read = 0;
        while (!bytes.AsSpan(0, read).EndsWith("\r\n\r\n"u8)) read += await stream.ReadAsync(bytes.AsMemory(read), late);
        return Encoding.ASCII.GetString(bytes, 0, read);
    }

    static Socket Listen(out Uri uri)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        uri = new($"ws://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}/");
        return listener;
    }
}
