using RawHttp.Wire;

namespace RawHttp.Tests;

public class HttpExchangeTests
{
    const string Get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";

    sealed class Holder : IHeldExchange
    {
        public HeldTicket Ticket;
        public BodyStream? Stream;
        public readonly List<string> Told = [];
        public readonly System.Threading.Channels.Channel<bool> Holds = System.Threading.Channels.Channel.CreateUnbounded<bool>();

        public void Hold(HttpExchange exchange)
        {
            if (exchange.Request.Path.SequenceEqual("/stream"u8)) Stream = exchange.Response.StartStream(200, "text/plain"u8);
            Ticket = exchange.Ticket;
            if (exchange.Request.Path.SequenceEqual("/now"u8)) Peer.Hello(exchange);
            else exchange.Hold(this, 25_000);
            Holds.Writer.TryWrite(true);
        }

        public bool Answer(string text) => Ticket.TryTake(out HttpResponse? response) && response.Send(200, "text/plain"u8, Bytes.Of(text));

        public void OnPeerGone() => Told.Add("gone");

        public void OnDraining()
        {
            Told.Add("draining");
            if (Ticket.TryTake(out HttpResponse? response)) response.SendProblem(503, "draining", "The server is going away.");
        }

        public void OnDue(long nowMilliseconds)
        {
            Told.Add("due");
            if (Ticket.TryTake(out HttpResponse? response)) response.SendEmpty(204);
        }
    }

    [Fact]
    public async Task A_held_exchange_is_answered_from_elsewhere_and_the_connection_goes_on()
    {
        var holder = new Holder();
        using var peer = new Peer(holder.Hold);
        peer.Channel.Arrive(Get);
        Assert.Empty(peer.Sent);
        Assert.True(await Task.Run(() => holder.Answer("later")));
        Assert.EndsWith("later", await peer.SentUntil("later"));
        peer.Channel.Arrive("GET /now HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.EndsWith("hello", await peer.SentUntil("hello"));
        Assert.Equal(HttpEnding.PeerClosed, (await peer.EndAsync()).Ending);
        Assert.Empty(holder.Told);
    }

    [Fact]
    public async Task A_request_that_came_with_the_held_one_is_answered_when_that_is()
    {
        var holder = new Holder();
        using var peer = new Peer(holder.Hold);
        peer.Channel.Arrive(Get + "GET /now HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Empty(peer.Sent);
        holder.Answer("first");
        Assert.EndsWith("hello", await peer.SentUntil("hello"));
    }

    [Fact]
    public async Task A_pipelined_request_waits_behind_a_held_one()
    {
        var holder = new Holder();
        using var peer = new Peer(holder.Hold);
        peer.Channel.Arrive(Get + "GET /now HTTP/1.1\r\nHost: a\r\n\r\n");
        peer.Channel.Arrive("GET /now HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Empty(peer.Sent);
        holder.Answer("first");
        string sent = await peer.SentUntil("hello");
        while (sent.Split("hello").Length < 3) sent += await peer.SentUntil("hello");
        Assert.True(sent.IndexOf("first", StringComparison.Ordinal) < sent.IndexOf("hello", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_peers_leaving_is_noticed_at_once()
    {
        var holder = new Holder();
        using var peer = new Peer(holder.Hold);
        peer.Channel.Arrive(Get);
        Assert.Equal((HttpEnding.PeerClosed, HttpFault.None), await peer.EndAsync());
        Assert.Equal(["gone"], holder.Told);
        Assert.False(holder.Answer("too late"));
        Assert.Empty(peer.Sent);
    }

    [Fact]
    public async Task A_reset_is_noticed_at_once_too()
    {
        var holder = new Holder();
        using var peer = new Peer(holder.Hold);
        peer.Channel.Arrive(Get);
        peer.Channel.Break(new IOException("reset"));
        Assert.Equal((HttpEnding.Broken, HttpFault.None), await peer.EndingAsync());
        Assert.Equal(["gone"], holder.Told);
    }

    [Fact]
    public async Task Its_moment_comes_by_the_heartbeat()
    {
        var holder = new Holder();
        using var peer = new Peer(holder.Hold);
        peer.Channel.Arrive(Get);
        peer.Time.Advance(24_800);
        Assert.Empty(holder.Told);
        peer.Time.Advance(400);
        Assert.Equal(["due"], holder.Told);
        Assert.StartsWith("HTTP/1.1 204 No Content\r\n", await peer.SentUntil("\r\n\r\n"));
    }

    [Fact]
    public async Task Only_the_first_answer_counts()
    {
        var holder = new Holder();
        using var peer = new Peer(holder.Hold);
        peer.Channel.Arrive(Get);
        Assert.True(holder.Answer("one"));
        Assert.False(holder.Answer("two"));
        peer.Time.Advance(30_000);
        Assert.DoesNotContain("two", await peer.SentUntil("one"));
        Assert.Empty(holder.Told);
    }

    [Fact]
    public async Task A_late_ticket_fits_no_later_exchange()
    {
        var holder = new Holder();
        using var peer = new Peer(holder.Hold);
        peer.Channel.Arrive(Get);
        await holder.Holds.Reader.ReadAsync();
        HeldTicket old = holder.Ticket;
        holder.Answer("one");
        await peer.SentUntil("one");
        peer.Channel.Arrive(Get);
        await holder.Holds.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.False(old.TryTake(out _));
        Assert.True(holder.Answer("two"));
    }

    [Fact]
    public async Task A_drain_tells_the_holder_once()
    {
        var holder = new Holder();
        using var peer = new Peer(holder.Hold);
        peer.Channel.Arrive(Get);
        Task<bool> drained = peer.Server.DrainAsync(TimeSpan.FromSeconds(10));
        string sent = await peer.SentUntil("\"draining\"");
        Assert.StartsWith("HTTP/1.1 503 ", sent);
        Assert.Contains("\r\nConnection: close\r\n", sent);
        await peer.Channel.WhenSendingEnded.WaitAsync(TimeSpan.FromSeconds(10));
        await peer.EndAsync();
        Assert.True(await drained);
        Assert.Equal(["draining"], holder.Told);
    }

    [Fact]
    public async Task A_held_stream_is_written_from_elsewhere_in_chunks()
    {
        var holder = new Holder();
        using var peer = new Peer(holder.Hold);
        peer.Channel.Arrive("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Contains("Transfer-Encoding: chunked\r\n\r\n", peer.Sent);
        Assert.True(holder.Stream!.TryWrite("abc"u8));
        Assert.Equal("3\r\nabc\r\n", peer.Sent);
        holder.Stream.End();
        Assert.Equal("0\r\n\r\n", peer.Sent);
        Assert.False(holder.Stream.TryWrite("d"u8));
        peer.Channel.Arrive("GET /now HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.EndsWith("hello", await peer.SentUntil("hello"));
    }

    [Fact]
    public async Task A_stream_whose_peer_left_takes_no_more()
    {
        var holder = new Holder();
        using var peer = new Peer(holder.Hold);
        peer.Channel.Arrive("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
        await peer.EndAsync();
        Assert.Equal(["gone"], holder.Told);
        Assert.False(holder.Stream!.TryWrite("abc"u8));
    }
}
