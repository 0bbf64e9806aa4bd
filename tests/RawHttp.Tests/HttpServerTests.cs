using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RawHttp.Wire;
using RawNet;

namespace RawHttp.Tests;

/// <summary>Few, over loopback: what only real sockets can show.</summary>
public sealed class HttpServerTests : HttpServerEvents, IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly Heartbeat heartbeat = new(TimeProvider.System);
    readonly HttpServer server;
    readonly TaskCompletionSource<(HttpEnding Ending, HttpFault Fault)> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HttpServerTests()
    {
        Router router = new Router().Map(HttpMethod.Get, "/", Peer.Hello).Map(HttpMethod.Get, "/hold", Hold).Map(HttpMethod.Post, "/", Echo);
        server = new HttpServer(new(), router, heartbeat, this);
        server.Start(new IPEndPoint(IPAddress.Loopback, 0));
    }

    TaskCompletionSource<HeldTicket> Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    TaskCompletionSource Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose()
    {
        server.Dispose();
        heartbeat.Dispose();
    }

    public override void OnEnded(EndPoint? peer, HttpEnding ending, HttpFault fault, long requests) => ended.TrySetResult((ending, fault));

    void Hold(HttpExchange exchange)
    {
        HeldTicket ticket = exchange.Ticket;
        exchange.Hold(new Holder(this), long.MaxValue);
        Held.TrySetResult(ticket);
    }

    static async ValueTask Echo(HttpExchange exchange)
    {
        HttpFault fault = await exchange.Request.ReadBodyAsync(1 << 20);
        if (fault == HttpFault.None) exchange.Response.Send(200, "text/plain"u8, exchange.Request.Body.Span);
        else exchange.Response.SendProblem(fault);
    }

    sealed class Holder(HttpServerTests tests) : IHeldExchange
    {
        public void OnPeerGone() => tests.Gone.TrySetResult();

        public void OnDraining()
        {
            if (tests.Held.Task.Result.TryTake(out HttpResponse? response)) response.SendProblem(503, "draining", "The server is going away.");
        }

        public void OnDue(long nowMilliseconds)
        {
        }
    }

    async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.LocalEndPoint).WaitAsync(Patience);
        return socket;
    }

    static async Task SendAsync(Socket socket, string text) => await socket.SendAsync(Bytes.Of(text).AsMemory()).AsTask().WaitAsync(Patience);

    static async Task<string> ReceiveUntilAsync(Socket socket, string text)
    {
        string all = "";
        byte[] block = new byte[65536];
        while (!all.EndsWith(text, StringComparison.Ordinal) || text.Length == 0)
        {
            int received = await socket.ReceiveAsync(block.AsMemory()).AsTask().WaitAsync(Patience);
            if (received == 0) return all;
            all += Bytes.Text(block.AsSpan(0, received));
        }
        return all;
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_and_the_last_one_closes()
    {
        using Socket socket = await ConnectAsync();
        await SendAsync(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        string all = await ReceiveUntilAsync(socket, "");
        Assert.Equal(3, all.Split("\r\n\r\nhello").Length);
        socket.Close();
        Assert.Equal((HttpEnding.Closed, HttpFault.None), await ended.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_refusal_arrives_though_the_peer_is_still_sending()
    {
        using Socket socket = await ConnectAsync();
        await SendAsync(socket, "GET / HTTP/1.1\r\n\r\n" + new string('x', 100_000));
        string all = await ReceiveUntilAsync(socket, "");
        Assert.Contains("\"code\":\"host-missing\"", all);
        socket.Close();
        Assert.Equal((HttpEnding.Refused, HttpFault.HostMissing), await ended.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_megabyte_goes_in_and_out()
    {
        using Socket socket = await ConnectAsync();
        string content = new('m', 1 << 20);
        Task sending = SendAsync(socket, $"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {content.Length}\r\n\r\n{content}");
        string all = await ReceiveUntilAsync(socket, content);
        await sending;
        Assert.EndsWith(content, all);
    }

    [Fact]
    public async Task A_held_exchange_is_answered_from_another_thread_and_the_connection_goes_on()
    {
        using Socket socket = await ConnectAsync();
        await SendAsync(socket, "GET /hold HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.True((await Held.Task.WaitAsync(Patience)).TryTake(out HttpResponse? response));
        response.Send(200, "text/plain"u8, "later"u8);
        await ReceiveUntilAsync(socket, "later");
        await SendAsync(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await ReceiveUntilAsync(socket, "hello");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_leaving_of_a_held_peer_is_noticed(bool byReset)
    {
        Socket socket = await ConnectAsync();
        await SendAsync(socket, "GET /hold HTTP/1.1\r\nHost: a\r\n\r\n");
        await Held.Task.WaitAsync(Patience);
        if (byReset) socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
        await Gone.Task.WaitAsync(Patience);
        Assert.Equal(byReset ? HttpEnding.Broken : HttpEnding.PeerClosed, (await ended.Task.WaitAsync(Patience)).Ending);
    }

    [Fact]
    public async Task Plain_HTTP_on_a_TLS_port_is_told_to_use_https()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 leaf = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using HttpServer secure = new(new() { Listening = new() { Tls = new([new(leaf, [], [])]) } }, new Router(), heartbeat, this);
        secure.Start(new IPEndPoint(IPAddress.Loopback, 0));
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(secure.LocalEndPoint);
        await SendAsync(socket, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        string answer = await ReceiveUntilAsync(socket, "");
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\nDate: ", answer);
        Assert.Contains("\"code\":\"plain-http-on-tls-port\"", answer);
        Assert.Equal((HttpEnding.Refused, HttpFault.PlainHttpOnTlsPort), await ended.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task At_several_places_there_is_one_drain()
    {
        using HttpServer several = new(new(), new Router().Map(HttpMethod.Get, "/", Peer.Hello), heartbeat, this);
        several.Start(new IPEndPoint(IPAddress.Loopback, 0), new IPEndPoint(IPAddress.Loopback, 0));
        List<Socket> clients = [];
        foreach (EndPoint place in several.LocalEndPoints)
        {
            Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(place);
            await SendAsync(client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await ReceiveUntilAsync(client, "hello");
            clients.Add(client);
        }
        Assert.Equal(2, several.OpenConnections);
        Task<bool> drained = several.DrainAsync(Patience);
        foreach (Socket client in clients)
        {
            Assert.Empty(await ReceiveUntilAsync(client, ""));
            client.Dispose();
        }
        Assert.True(await drained.WaitAsync(Patience));
        Assert.Throws<InvalidOperationException>(() => several.Start(new IPEndPoint(IPAddress.Loopback, 0)));
    }

    [Fact]
    public async Task A_drain_closes_the_door_first_and_ends_everyone_in_order()
    {
        using Socket idle = await ConnectAsync();
        await SendAsync(idle, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await ReceiveUntilAsync(idle, "hello");
        using Socket held = await ConnectAsync();
        await SendAsync(held, "GET /hold HTTP/1.1\r\nHost: a\r\n\r\n");
        await Held.Task.WaitAsync(Patience);

        Task<bool> drained = server.DrainAsync(Patience);
        using var late = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        EndPoint address = idle.RemoteEndPoint!;
        await Assert.ThrowsAsync<SocketException>(async () => await late.ConnectAsync(address));
        Assert.Empty(await ReceiveUntilAsync(idle, ""));
        Assert.StartsWith("HTTP/1.1 503 ", await ReceiveUntilAsync(held, ""));
        idle.Close();
        held.Close();
        Assert.True(await drained.WaitAsync(Patience));
        Assert.Equal(0, server.OpenConnections);
    }
}
