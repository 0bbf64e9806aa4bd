using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using RawHttp.Client;
using RawHttp.Wire;
using RawNet;
using Testing;

namespace RawHttp.Tests.Client;

/// <summary>Few, over loopback: our client and our server, and what only real TLS can show.</summary>
public sealed class ClientLoopbackTests : HttpServerEvents, IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly Heartbeat heartbeat = new(TimeProvider.System);
    readonly HttpServer server;
    readonly HttpOriginClient client;
    int connections;

    public ClientLoopbackTests()
    {
        Router router = new Router().Map(HttpMethod.Get, "/", Peer.Hello).Map(HttpMethod.Post, "/echo", EchoAsync).Map(HttpMethod.Post, "/refuse", Refuse);
        server = new HttpServer(new(), router, heartbeat, this);
        server.Start(new IPEndPoint(IPAddress.Loopback, 0));
        client = new(HttpOrigin.Of(new($"http://{server.LocalEndPoint}/")));
    }

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
        heartbeat.Dispose();
    }

    public override void OnEnded(EndPoint? peer, HttpEnding ending, HttpFault fault, long requests) => Interlocked.Increment(ref connections);

    static async ValueTask EchoAsync(HttpExchange exchange)
    {
        HttpFault fault = await exchange.Request.ReadBodyAsync(4 << 20);
        if (fault == HttpFault.None) exchange.Response.Send(200, "text/plain"u8, exchange.Request.Body.Span);
        else exchange.Response.SendProblem(fault);
    }

    static void Refuse(HttpExchange exchange) => exchange.Response.SendProblem(HttpFault.BodyTooLarge);

    async Task<byte[]> AskAsync(HttpClientRequest request, int status)
    {
        using HttpClientResponse response = await client.SendAsync(request).WaitAsync(Patience);
        Assert.Equal(status, response.Status);
        return await response.ReadAllAsync(4 << 20).WaitAsync(Patience);
    }

    [Fact]
    public async Task All_kinds_of_content_go_there_and_back_over_one_connection()
    {
        byte[] content = new byte[3 << 20];
        new Random(1).NextBytes(content);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("hello"u8.ToArray(), await AskAsync(new(), 200));
            Assert.Empty(await AskAsync(new() { Method = "HEAD" }, 200));
            Assert.Equal(content, await AskAsync(new() { Method = "POST", Target = "/echo", Content = content }, 200));
            Assert.Equal(content, await AskAsync(new() { Method = "POST", Target = "/echo", Content = content, ExpectsContinue = true }, 200));
            Assert.Equal(content, await AskAsync(new() { Method = "POST", Target = "/echo", ContentSource = async to => await to.WriteAsync(content) }, 200));
            await AskAsync(new() { Target = "/nowhere" }, 404);
        }
        Assert.Equal(0, Volatile.Read(ref connections)); // none has ended, so there was one
    }

    [Fact]
    public async Task An_early_refusal_is_read_while_content_is_sent_without_end()
    {
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        byte[] problem = await AskAsync(new() { Method = "POST", Target = "/refuse", ContentSource = WriteAsync }, 413);
        Assert.Contains("body-too-large", Bytes.Text(problem));
        await stopped.Task.WaitAsync(Patience);
        Assert.Equal("hello"u8.ToArray(), await AskAsync(new(), 200)); // over a new connection

        async Task WriteAsync(ContentSender to)
        {
            while (await to.WriteAsync(new byte[1000])) await Task.Yield();
            stopped.SetResult();
        }
    }

    /// <summary>RFC 9112 §9.8.</summary>
    [Theory]
    [InlineData(true, "hello")]
    [InlineData(false, "BadAnswer EndNotAuthentic")]
    public async Task Content_until_the_end_over_TLS_is_whole_only_with_close_notify(bool notifies, string expected)
    {
        using TlsServer tls = new("localhost");
        using CancellationTokenSource late = new(Patience);
        HttpOrigin origin = HttpOrigin.Of(new($"https://localhost:{tls.EndPoint.Port}/"));
        Task<(SslStream, Socket)> accepting = tls.AcceptAsync(late.Token);
        using HttpOriginClient secure = new(origin, new() { Tls = tls.Trusting });
        Task<HttpClientResponse> asking = secure.GetAsync("/", late.Token);
        (SslStream stream, Socket socket) = await accepting;
        await stream.ReadAtLeastAsync(new byte[1000], 1, throwOnEndOfStream: true, late.Token);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\nhello"u8.ToArray(), late.Token);
        if (notifies) await stream.ShutdownAsync();
        socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(expected, await ClientRig.OutcomeOf(ReadAsync(await asking)));
        await stream.DisposeAsync();

        static async Task<string> ReadAsync(HttpClientResponse response) => Bytes.Text(await response.ReadAllAsync(100));
    }
}
