using System.Net;
using System.Net.Sockets;
using RawHttp.Wire;
using RawNet;

namespace RawHttp.Tests;

/// <summary>Answers given before the content was read: they go out at once, and reach a peer that is still sending. RFC 9110 §15.5.14, RFC 9112 §9.6.</summary>
public class EarlyAnswerTests
{
    const string Get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n", Post = "POST / HTTP/1.1\r\nHost: a\r\n", Chunked = "Transfer-Encoding: chunked\r\n\r\n";

    static void Unauthorized(HttpExchange exchange)
    {
        if (exchange.Request.Method == HttpMethod.Get) Peer.Hello(exchange);
        else exchange.Response.SendProblem(401, "who-are-you", "Say who you are.");
    }

    static async ValueTask Count(HttpExchange exchange)
    {
        long count = 0;
        while (true)
        {
            BodyPart part = await exchange.Request.ReadBodyPartAsync();
            count += part.Data.Length;
            if (part.Fault != HttpFault.None) exchange.Response.SendProblem(part.Fault);
            else if (part.IsEnd) exchange.Response.Send(200, "text/plain"u8, Bytes.Of($"{count} bytes"));
            else continue;
            return;
        }
    }

    [Fact]
    public async Task An_early_answer_goes_out_before_the_content_came_and_the_connection_goes_on_behind_it()
    {
        using var peer = new Peer(Unauthorized);
        peer.Channel.Arrive(Post + "Content-Length: 10\r\n\r\n01234");
        string early = peer.Sent;
        Assert.StartsWith("HTTP/1.1 401 ", early);
        Assert.DoesNotContain("Connection: close", early);
        peer.Channel.Arrive("56789" + Get);
        Assert.EndsWith("hello", peer.Sent);
        Assert.Equal((HttpEnding.PeerClosed, HttpFault.None), await peer.EndAsync());
        Assert.Equal(2, peer.Endings[0].Requests);
    }

    [Fact]
    public async Task Content_that_never_comes_is_waited_for_at_the_least_rate_only()
    {
        using var peer = new Peer(Unauthorized);
        peer.Channel.Arrive(Post + "Content-Length: 1000\r\n\r\n01234");
        Assert.StartsWith("HTTP/1.1 401 ", peer.Sent);
        peer.Time.Advance(5_200);
        Assert.Empty(peer.Sent); // it has its answer: no second one
        Assert.True(peer.Channel.HasEndedSending);
        Assert.False(peer.Channel.IsAborted);
        Assert.Equal((HttpEnding.Refused, HttpFault.BodyTooSlow), await peer.EndAsync());
    }

    [Fact]
    public async Task Chunked_content_is_read_away_within_its_bound()
    {
        using var peer = new Peer(Unauthorized, new() { MaxDiscardBytes = 100 });
        peer.Channel.Arrive(Post + Chunked + "40\r\n" + new string('x', 0x40) + "\r\n0\r\n\r\n" + Get);
        Assert.EndsWith("hello", peer.Sent);
        peer.Channel.Arrive(Post + Chunked + "80\r\n" + new string('x', 0x70));
        Assert.StartsWith("HTTP/1.1 401 ", peer.Sent);
        Assert.True(peer.Channel.HasEndedSending);
        peer.Channel.Arrive(new string('x', 0x10) + "\r\n0\r\n\r\n" + Get);
        Assert.Empty(peer.Sent);
        Assert.Equal((HttpEnding.Closed, HttpFault.None), await peer.EndAsync());
        Assert.Equal(3, peer.Endings[0].Requests);
    }

    [Theory] // RFC 9110 §10.1.1
    [InlineData("Expect: 100-continue\r\nContent-Length: 1001\r\n\r\n")]
    [InlineData("Content-Length: 1001\r\n\r\n")]
    public async Task Content_declared_too_large_is_refused_before_a_byte_of_it_and_without_100(string rest)
    {
        using var peer = new Peer(Count, new() { Limits = new() { MaxBodyBytes = 1000 } });
        peer.Channel.Arrive(Post + rest);
        string sent = peer.Sent;
        Assert.StartsWith("HTTP/1.1 413 ", sent);
        Assert.Contains("\r\nConnection: close\r\n", sent);
        Assert.Equal((HttpEnding.Refused, HttpFault.BodyTooLarge), await peer.EndAsync());
    }

    [Fact]
    public void A_client_is_told_to_go_on_by_the_first_read_even_when_the_handler_did_other_things_before()
    {
        var other = new TaskCompletionSource();
        using var peer = new Peer(async exchange =>
        {
            await other.Task;
            await Count(exchange);
        });
        peer.Channel.Arrive(Post + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        Assert.Empty(peer.Sent);
        other.SetResult();
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", peer.Sent);
        peer.Channel.Arrive("a");
        peer.Channel.Arrive("bc");
        Assert.EndsWith("3 bytes", peer.Sent);
    }

    [Fact] // RFC 9110 §15.2: 1xx comes before the final answer
    public void Behind_a_final_answer_nobody_is_told_to_go_on()
    {
        using var peer = new Peer(async exchange =>
        {
            Peer.Hello(exchange);
            await exchange.Request.ReadBodyPartAsync();
        });
        peer.Channel.Arrive(Post + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        peer.Channel.Arrive("abc");
        string sent = peer.Sent;
        Assert.DoesNotContain("100 Continue", sent);
        Assert.Contains("\r\nConnection: close\r\n", sent);
    }

    [Fact]
    public async Task A_peer_that_goes_on_sending_is_read_away_as_long_as_it_does_and_no_longer_than_the_bound()
    {
        using var peer = new Peer(Count, new() { Limits = new() { MaxBodyBytes = 1000 } });
        peer.Channel.Arrive(Post + "Content-Length: 1001\r\n\r\n");
        for (int second = 0; second < 29; second++)
        {
            peer.Channel.Arrive(new string('x', 100_000));
            peer.Time.Advance(1_000);
            Assert.False(peer.Channel.IsAborted);
        }
        peer.Channel.Arrive("x");
        peer.Time.Advance(1_200);
        Assert.True(peer.Channel.IsAborted);
        Assert.Equal((HttpEnding.Refused, HttpFault.BodyTooLarge), await peer.EndingAsync());
    }

    /// <summary>Over a socket, since only there a reset could destroy the answer. The client is a plain one: it sends all, then reads.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_peer_that_sends_a_hundred_megabytes_after_its_refusal_reads_it(bool sendsAllFirst)
    {
        const int Megabytes = 100;
        TimeSpan patience = TimeSpan.FromSeconds(60);
        using Heartbeat heartbeat = new(TimeProvider.System);
        using HttpServer server = new(new() { LingerMilliseconds = 30_000 }, new Router().Map(HttpMethod.Post, "/", Count), heartbeat, new());
        server.Start(new IPEndPoint(IPAddress.Loopback, 0));
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.LocalEndPoint).WaitAsync(patience);
        byte[] megabyte = new byte[1 << 20];

        async Task SendAsync()
        {
            await socket.SendAsync(Bytes.Of($"{Post}Content-Length: {Megabytes << 20}\r\n\r\n").AsMemory());
            for (int i = 0; i < Megabytes; i++) await socket.SendAsync(megabyte.AsMemory());
        }

        Task sending = SendAsync().WaitAsync(patience);
        if (sendsAllFirst) await sending;
        string answer = "";
        byte[] block = new byte[4096];
        while (await socket.ReceiveAsync(block.AsMemory()).AsTask().WaitAsync(patience) is > 0 and int count) answer += Bytes.Text(block.AsSpan(0, count));
        await sending;
        Assert.StartsWith("HTTP/1.1 413 Content Too Large\r\n", answer);
        Assert.EndsWith("\"code\":\"body-too-large\"}", answer);
    }
}
