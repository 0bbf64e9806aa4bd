using RawHttp.Wire;
using RawNet;
using Testing;

namespace RawHttp.Tests;

public class HttpConnectionTests
{
    const string Get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
    const string Hello = "HTTP/1.1 200 OK\r\nDate: Fri, 02 Jan 2026 03:04:05 GMT\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";
    const string LastHello = "HTTP/1.1 200 OK\r\nDate: Fri, 02 Jan 2026 03:04:05 GMT\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";

    // There every state machine is an object.
    static bool IsDebugBuild =>
#if DEBUG
        true;
#else
        false;
#endif

    internal static async ValueTask EchoBody(HttpExchange exchange)
    {
        HttpFault fault = await exchange.Request.ReadBodyAsync(100);
        if (fault != HttpFault.None) exchange.Response.SendProblem(fault);
        else exchange.Response.Send(200, "text/plain"u8, exchange.Request.Body.Span);
    }

    static void NameOfPath(HttpExchange exchange) => exchange.Response.Send(200, "text/plain"u8, exchange.Request.Path);

    [Fact]
    public async Task A_connection_carries_many_requests_until_the_peer_ends_it()
    {
        using var peer = new Peer(Peer.Hello);
        peer.Channel.Arrive(Get);
        Assert.Equal(Hello, peer.Sent);
        peer.Channel.Arrive(Get);
        Assert.Equal(Hello, peer.Sent);
        Assert.Equal((HttpEnding.PeerClosed, HttpFault.None), await peer.EndAsync());
        Assert.Equal(2, peer.Endings[0].Requests);
    }

    [Fact]
    public void Requests_of_one_read_are_answered_in_order_and_leave_in_one_send()
    {
        using var peer = new Peer(NameOfPath);
        peer.Channel.Arrive("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\n\r\n");
        string sent = peer.Sent;
        Assert.True(sent.IndexOf("/1", StringComparison.Ordinal) < sent.IndexOf("/2", StringComparison.Ordinal));
        Assert.EndsWith("/3", sent);
    }

    [Fact]
    public void A_request_that_comes_byte_by_byte_is_answered_once()
    {
        using var peer = new Peer(Peer.Hello);
        foreach (byte b in Bytes.Of(Get)) peer.Channel.Arrive([b]);
        Assert.Equal(Hello, peer.Sent);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Close\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\nConnection: x , close\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n")]
    public async Task The_last_answer_says_so_and_the_connection_closes(string request)
    {
        using var peer = new Peer(Peer.Hello);
        peer.Channel.Arrive(request + Get);
        Assert.Equal(LastHello, peer.Sent);
        Assert.True(peer.Channel.HasEndedSending);
        Assert.Equal((HttpEnding.Closed, HttpFault.None), await peer.EndAsync());
        Assert.Equal(1, peer.Endings[0].Requests);
    }

    [Fact] // RFC 9112 §9.6
    public async Task The_last_request_that_a_connection_may_carry_is_answered_with_close()
    {
        using var peer = new Peer(Peer.Hello, new() { MaxRequests = 3 });
        peer.Channel.Arrive(Get + Get + Get + Get);
        Assert.Equal(Hello + Hello + LastHello, peer.Sent);
        Assert.True(peer.Channel.HasEndedSending);
        Assert.Equal((HttpEnding.Closed, HttpFault.None), await peer.EndAsync());
        Assert.Equal(3, peer.Endings[0].Requests);
    }

    // A handler with words of its own for a body that is too large once left the framing out of step: what followed was read as a request.
    [Theory]
    [InlineData("c8\r\n")]
    [InlineData("5;=\r\n")]
    public async Task After_content_that_could_not_be_read_no_request_is_looked_for(string chunk)
    {
        using var peer = new Peer(async exchange =>
        {
            Assert.NotEqual(HttpFault.None, await exchange.Request.ReadBodyAsync(100));
            exchange.Response.SendProblem(400, "own-words", "The content was refused.");
        });
        peer.Channel.Arrive("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk);
        peer.Channel.Arrive(new string('x', 150) + new string('y', 50) + "\r\n0\r\n\r\n" + Get);
        Assert.Contains("\r\nConnection: close\r\n", peer.Sent);
        await peer.EndAsync();
        Assert.Equal(1, peer.Endings[0].Requests);
    }

    [Fact]
    public void HTTP_1_0_keeps_alive_when_asked_to()
    {
        using var peer = new Peer(Peer.Hello);
        peer.Channel.Arrive("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        Assert.Contains("\r\nConnection: keep-alive\r\n", peer.Sent);
        Assert.False(peer.Channel.HasEndedSending);
    }

    [Fact] // RFC 9112 §6.3 item 8: the end of the connection is the end of the content
    public async Task HTTP_1_0_does_not_keep_alive_behind_content_of_unknown_length()
    {
        using var peer = new Peer(exchange =>
        {
            BodyStream stream = exchange.Response.StartStream(200, "text/plain"u8);
            stream.TryWrite("hello"u8);
            stream.End();
        });
        peer.Channel.Arrive("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + Get);
        Assert.EndsWith("\r\nConnection: close\r\n\r\nhello", peer.Sent);
        Assert.Equal((HttpEnding.Closed, HttpFault.None), await peer.EndAsync());
        Assert.Equal(1, peer.Endings[0].Requests);
    }

    [Fact]
    public void HEAD_is_answered_without_content()
    {
        using var peer = new Peer(Peer.Hello);
        peer.Channel.Arrive("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
        string sent = peer.Sent;
        Assert.Contains("Content-Length: 5\r\n", sent);
        Assert.EndsWith("\r\n\r\n", sent);
    }

    [Theory]
    [InlineData("Content-Length: 3\r\n\r\nabc")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n2;x=y\r\nbc\r\n0\r\n\r\n")]
    public void Content_is_read_whole_however_it_is_cut(string rest)
    {
        byte[] request = Bytes.Of("POST / HTTP/1.1\r\nHost: a\r\n" + rest);
        for (int cut = 1; cut < request.Length; cut++)
        {
            using var peer = new Peer(EchoBody);
            peer.Channel.Arrive(request.AsSpan(0, cut));
            peer.Channel.Arrive(request.AsSpan(cut));
            Assert.EndsWith("\r\nContent-Length: 3\r\n\r\nabc", peer.Sent);
        }
    }

    [Fact]
    public void Content_the_handler_did_not_read_is_read_away()
    {
        using var peer = new Peer(Peer.Hello);
        peer.Channel.Arrive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 28\r\n\r\nGET /smug");
        Assert.Equal(Hello, peer.Sent);
        peer.Channel.Arrive("gled HTTP/1.1\r\n\r\n\r\n" + Get);
        Assert.Equal(Hello, peer.Sent);
    }

    [Fact]
    public void Much_content_the_handler_did_not_read_ends_the_connection()
    {
        using var peer = new Peer(Peer.Hello);
        peer.Channel.Arrive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n");
        Assert.Equal(LastHello, peer.Sent);
        Assert.True(peer.Channel.HasEndedSending);
    }

    [Fact]
    public void A_client_is_told_to_go_on_when_the_handler_asks_for_the_content()
    {
        using var peer = new Peer(EchoBody);
        peer.Channel.Arrive("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", peer.Sent);
        peer.Channel.Arrive("abc");
        Assert.EndsWith("abc", peer.Sent);
    }

    [Fact]
    public void A_client_that_sends_content_unasked_is_not_told_to_go_on()
    {
        using var peer = new Peer(EchoBody);
        peer.Channel.Arrive("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc");
        Assert.StartsWith("HTTP/1.1 200 OK", peer.Sent);
    }

    [Fact]
    public void A_final_answer_without_100_closes_since_nobody_knows_whether_the_content_comes()
    {
        using var peer = new Peer(Peer.Hello);
        peer.Channel.Arrive("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        Assert.Equal(LastHello, peer.Sent);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400, HttpFault.HostMissing)]
    [InlineData("GET / HTTP/1.1\nHost: a\r\n\r\n", 400, HttpFault.BareLineFeed)]
    [InlineData("GET / HTTP/2.0\r\n\r\n", 505, HttpFault.UnsupportedVersion)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501, HttpFault.UnknownTransferCoding)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\nx", 400, HttpFault.BareLineFeed)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n", 413, HttpFault.BodyTooLarge)]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n", 413, HttpFault.BodyTooLarge)]
    public async Task A_broken_rule_is_answered_once_and_nothing_behind_it_is_read(string request, int status, HttpFault fault)
    {
        using var peer = new Peer(EchoBody);
        peer.Channel.Arrive(request + (fault == HttpFault.BodyTooLarge ? new string('x', 101) : "") + Get);
        string sent = peer.Sent;
        Assert.StartsWith($"HTTP/1.1 {status} ", sent);
        Assert.Contains("\r\nConnection: close\r\n", sent);
        Assert.Contains("Content-Type: application/problem+json\r\n", sent);
        Assert.EndsWith($"\"status\":{status},\"detail\":\"{Bytes.Text(System.Text.Encoding.UTF8.GetBytes(HttpFaults.DetailOf(fault)))}\",\"code\":\"{HttpFaults.CodeOf(fault)}\"}}", sent);
        Assert.Equal(1, sent.Split("\r\nDate: ").Length - 1);
        Assert.True(peer.Channel.HasEndedSending);
        Assert.Equal((HttpEnding.Refused, fault), await peer.EndAsync());
    }

    [Fact]
    public async Task A_handler_that_throws_is_a_bug_and_the_client_learns_nothing_of_it()
    {
        using var peer = new Peer(new Action<HttpExchange>(_ => throw new InvalidOperationException("secret")));
        peer.Channel.Arrive(Get + Get);
        string sent = peer.Sent;
        Assert.StartsWith("HTTP/1.1 500 Internal Server Error\r\n", sent);
        Assert.Contains("\"code\":\"server-failed\"", sent);
        Assert.DoesNotContain("secret", sent);
        Assert.Equal("secret", Assert.Single(peer.Bugs).Message);
        Assert.Equal((HttpEnding.Bug, HttpFault.ServerFailed), await peer.EndAsync());
        Assert.Equal(1, peer.Endings[0].Requests);
    }

    [Fact]
    public async Task A_handler_that_does_not_answer_is_a_bug()
    {
        using var peer = new Peer(_ => { });
        peer.Channel.Arrive(Get);
        Assert.StartsWith("HTTP/1.1 500 ", peer.Sent);
        Assert.Equal(HttpEnding.Bug, (await peer.EndAsync()).Ending);
        Assert.Single(peer.Bugs);
    }

    [Fact]
    public void A_handler_that_fails_with_half_an_answer_out_takes_the_connection_with_it()
    {
        using var peer = new Peer(exchange =>
        {
            exchange.Response.StartStream(200, "text/plain"u8).TryWrite("half"u8);
            throw new InvalidOperationException();
        });
        peer.Channel.Arrive(Get);
        Assert.True(peer.Channel.IsAborted);
        Assert.DoesNotContain(" 500 ", peer.Sent);
    }

    [Fact]
    public void An_idle_connection_holds_no_buffer()
    {
        using var peer = new Peer(Peer.Hello);
        peer.Channel.Arrive(Get);
        Assert.True(peer.Channel.WaitsWithoutBuffer);
    }

    [Fact]
    public void A_warm_keep_alive_GET_allocates_nothing()
    {
        using var peer = new Peer(Peer.Hello);
        byte[] request = Bytes.Of("GET /poll?channel=a HTTP/1.1\r\nHost: example.org\r\nAccept: */*\r\nUser-Agent: curl/8\r\n\r\n");
        peer.Channel.KeepsSent = false;
        long allocated = Allocated.Least(() =>
        {
            for (int i = 0; i < 1000; i++) peer.Channel.Arrive(request);
        });
        if (!IsDebugBuild) Assert.Equal(0, allocated);
        Assert.Equal(Allocated.Rounds * 1000L * Hello.Length, peer.Channel.SentTotal);
    }

    [Theory]
    [InlineData("Content-Length: 3\r\n\r\nabc")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n2;x=y\r\nbc\r\n0\r\nX: y\r\n\r\n")]
    public void Warm_content_read_piece_by_piece_allocates_nothing(string rest)
    {
        using var peer = new Peer(static async exchange =>
        {
            while (await exchange.Request.ReadBodyPartAsync() is { IsEnd: false, Fault: HttpFault.None }) { }
            Peer.Hello(exchange);
        });
        byte[] request = Bytes.Of("POST / HTTP/1.1\r\nHost: a\r\n" + rest);
        peer.Channel.KeepsSent = false;
        long allocated = Allocated.Least(() =>
        {
            for (int i = 0; i < 1000; i++) peer.Channel.Arrive(request);
        });
        if (!IsDebugBuild) Assert.Equal(0, allocated);
        Assert.Equal(Allocated.Rounds * 1000L * Hello.Length, peer.Channel.SentTotal);
    }

    [Fact]
    public void A_handler_that_holds_its_thread_is_named_by_its_request()
    {
        Peer? peer = null;
        peer = new(exchange =>
        {
            peer!.Time.Advance(400);
            Peer.Hello(exchange);
        });
        List<string> told = [];
        peer.Heartbeat.Watch = new(250, (handler, _) => told.Add(handler));
        peer.Channel.Arrive("GET /slow?a=b HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal(["GET /slow"], told);
        peer.Dispose();
    }

    internal sealed class Echo : IUpgradedHandler
    {
        public int Drained;

        public async Task RunAsync(UpgradedChannel channel)
        {
            Connection connection = channel.Connection;
            do
            {
                connection.Outbox.TryWrite(connection.Inbox.Unread);
                connection.Inbox.Consume(connection.Inbox.Unread.Length);
                connection.Outbox.Flush();
            }
            while (await connection.ReceiveAsync() > 0);
        }

        public void OnDraining() => Drained++;
    }

    [Fact]
    public async Task An_upgraded_connection_is_handed_over_with_the_bytes_that_came_behind()
    {
        using var peer = new Peer(exchange => exchange.Response.Upgrade("echo"u8, new Echo()));
        peer.Channel.Arrive("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nbehind");
        string sent = peer.Sent;
        Assert.StartsWith("HTTP/1.1 101 Switching Protocols\r\n", sent);
        Assert.Contains("Connection: Upgrade\r\nUpgrade: echo\r\n\r\nbehind", sent);
        Assert.DoesNotContain("Content-Length", sent);
        peer.Time.Advance(200_000);
        peer.Channel.Arrive("more");
        Assert.Equal("more", peer.Sent);
        Assert.Equal((HttpEnding.Upgraded, HttpFault.None), await peer.EndAsync());
    }
}
