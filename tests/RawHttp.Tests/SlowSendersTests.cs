using System.Net;
using System.Net.Sockets;
using RawHttp.Wire;
using RawNet;
using Testing;

namespace RawHttp.Tests;

/// <summary>Many peers that send a byte now and then, to hold connections: each is told 408, and nobody else notices. Over loopback, by manual time.</summary>
public sealed class SlowSendersTests : IDisposable
{
    const int Most = 2000, RoundsAtMost = 100;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    readonly ManualTime time = new();
    readonly Heartbeat heartbeat;
    readonly HttpServer server;
    readonly List<Slow> slow = [];

    public SlowSendersTests()
    {
        heartbeat = new Heartbeat(time);
        server = new HttpServer(new(), new Router().Map(HttpMethod.Get, "/", Peer.Hello).Map(HttpMethod.Post, "/", ReadAll), heartbeat, new());
        server.Start(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public void Dispose()
    {
        foreach (Slow one in slow) one.Socket.Dispose();
        server.Dispose();
        heartbeat.Dispose();
    }

    static async ValueTask ReadAll(HttpExchange exchange)
    {
        BodyPart part;
        do part = await exchange.Request.ReadBodyPartAsync();
        while (part is { IsEnd: false, Fault: HttpFault.None });
        if (part.IsEnd) Peer.Hello(exchange);
        else exchange.Response.SendProblem(part.Fault);
    }

    sealed class Slow(Socket socket)
    {
        public Socket Socket => socket;

        /// <summary>What it was told before its connection ended.</summary>
        public Task<string>? Told { get; private set; }

        public async Task BeginAsync(string first)
        {
            await socket.SendAsync(Bytes.Of(first).AsMemory());
            Told = ReadToEndAsync();
        }

        public void Trickle()
        {
            try
            {
                if (!Told!.IsCompleted) socket.Send("x"u8);
            }
            catch (SocketException gone)
            {
                Assert.NotEqual(SocketError.TimedOut, gone.SocketErrorCode); // closed meanwhile, as it should be
            }
        }

        async Task<string> ReadToEndAsync()
        {
            string told = "";
            byte[] block = new byte[1024];
            try
            {
                while (await socket.ReceiveAsync(block.AsMemory()) is > 0 and int count) told += Bytes.Text(block.AsSpan(0, count));
            }
            catch (SocketException reset)
            {
                told += $"({reset.SocketErrorCode})";
            }
            return told;
        }
    }

    async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.LocalEndPoint).WaitAsync(Patience);
        return socket;
    }

    static async Task<string> RequestAsync(Socket socket)
    {
        await socket.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray().AsMemory()).AsTask().WaitAsync(Patience);
        string answer = "";
        byte[] block = new byte[1024];
        while (!answer.EndsWith("hello", StringComparison.Ordinal))
        {
            int count = await socket.ReceiveAsync(block.AsMemory()).AsTask().WaitAsync(Patience);
            if (count == 0) return answer + "(end)";
            answer += Bytes.Text(block.AsSpan(0, count));
        }
        return answer;
    }

    [Fact]
    public async Task Two_thousand_that_trickle_heads_and_bodies_are_all_refused_and_every_other_request_is_answered()
    {
        int count = Math.Min(Most, DescriptorLimit.ConnectionsFor(DescriptorLimit.InForce()) / 3); // both ends are ours
        for (int i = 0; i < count; i++)
        {
            slow.Add(new Slow(await ConnectAsync()));
            await slow[i].BeginAsync(i % 2 == 0 ? "GET / HTTP/1.1\r\nHost: a\r\nX: " : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
        }
        using Socket other = await ConnectAsync();
        Task all = Task.WhenAll(slow.Select(one => one.Told!));
        int rounds = 0;
        for (; !all.IsCompleted && rounds < RoundsAtMost; rounds++)
        {
            foreach (Slow one in slow) one.Trickle();
            time.Advance(1_000);
            Assert.EndsWith("\r\n\r\nhello", await RequestAsync(other));
        }
        await all.WaitAsync(Patience);
        Assert.InRange(rounds, 14, RoundsAtMost); // a head may take 15 s
        for (int i = 0; i < count; i++)
        {
            string told = await slow[i].Told!;
            Assert.StartsWith("HTTP/1.1 408 Request Timeout\r\n", told);
            Assert.Contains(HttpFaults.CodeOf(i % 2 == 0 ? HttpFault.HeadTooSlow : HttpFault.BodyTooSlow), told);
        }
    }
}
