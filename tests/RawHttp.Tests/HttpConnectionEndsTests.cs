using RawHttp.Wire;

namespace RawHttp.Tests;

public class HttpConnectionEndsTests
{
    const string Get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";

    [Fact]
    public async Task A_refused_peer_that_does_not_leave_is_cut_off()
    {
        using var peer = new Peer(Peer.Hello);
        peer.Channel.Arrive(" \r\n\r\n");
        peer.Channel.Arrive("more and more");
        Assert.False(peer.Channel.IsAborted);
        peer.Time.Advance(2_200);
        Assert.True(peer.Channel.IsAborted);
        Assert.Equal((HttpEnding.Refused, HttpFault.BadMethod), await peer.EndingAsync());
    }

    [Fact]
    public async Task A_head_that_takes_15_seconds_is_answered_with_408()
    {
        using var peer = new Peer(Peer.Hello);
        peer.Channel.Arrive("G");
        for (int i = 0; i < 14; i++)
        {
            peer.Time.Advance(1_000);
            peer.Channel.Arrive("E");
        }
        Assert.Empty(peer.Sent);
        peer.Time.Advance(1_200);
        Assert.StartsWith("HTTP/1.1 408 Request Timeout\r\n", peer.Sent);
        Assert.True(peer.Channel.HasEndedSending);
        Assert.Equal((HttpEnding.Refused, HttpFault.HeadTooSlow), await peer.EndAsync());
    }

    [Fact]
    public async Task A_body_below_the_least_rate_is_answered_with_408()
    {
        using var peer = new Peer(HttpConnectionTests.EchoBody);
        peer.Channel.Arrive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
        peer.Time.Advance(4_900);
        peer.Channel.Arrive("d");
        Assert.Empty(peer.Sent);
        peer.Time.Advance(300);
        Assert.StartsWith("HTTP/1.1 408 Request Timeout\r\n", peer.Sent);
        Assert.Equal((HttpEnding.Refused, HttpFault.BodyTooSlow), await peer.EndAsync());
    }

    [Fact]
    public void A_body_at_the_least_rate_may_take_its_time()
    {
        var options = new HttpServerOptions { MinBodyBytesPerSecond = 10 };
        using var peer = new Peer(HttpConnectionTests.EchoBody, options);
        peer.Channel.Arrive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n");
        for (int i = 0; i < 10; i++)
        {
            peer.Time.Advance(1_000);
            peer.Channel.Arrive("0123456789");
        }
        Assert.StartsWith("HTTP/1.1 200 OK", peer.Sent);
    }

    [Fact]
    public async Task An_idle_connection_is_closed_without_a_word()
    {
        using var peer = new Peer(Peer.Hello);
        peer.Channel.Arrive(Get);
        _ = peer.Sent;
        peer.Time.Advance(119_000);
        Assert.False(peer.Channel.HasEndedSending);
        peer.Time.Advance(1_200);
        Assert.True(peer.Channel.HasEndedSending);
        Assert.Empty(peer.Sent);
        Assert.Equal((HttpEnding.IdleTimeout, HttpFault.None), await peer.EndAsync());
    }

    [Fact]
    public async Task A_peer_that_ends_within_its_content_gets_400()
    {
        using var peer = new Peer(HttpConnectionTests.EchoBody);
        peer.Channel.Arrive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
        Assert.Equal((HttpEnding.Refused, HttpFault.BodyIncomplete), await peer.EndAsync());
        Assert.StartsWith("HTTP/1.1 400 ", peer.Sent);
    }

    [Fact]
    public async Task A_broken_connection_ends_as_broken()
    {
        using var peer = new Peer(Peer.Hello);
        peer.Channel.Break(new IOException("reset"));
        Assert.Equal((HttpEnding.Broken, HttpFault.None), await peer.EndingAsync());
        Assert.Empty(peer.Bugs);
    }

    [Fact]
    public async Task A_peer_that_takes_no_answer_is_given_up()
    {
        using var peer = new Peer(Peer.Hello);
        peer.Channel.SendsStall = true;
        peer.Channel.Arrive(Get);
        peer.Time.Advance(10_200);
        Assert.Equal((HttpEnding.TooSlow, HttpFault.None), await peer.EndingAsync());
    }

    [Fact]
    public async Task A_drain_closes_an_idle_connection()
    {
        using var peer = new Peer(Peer.Hello);
        Task<bool> drained = peer.Server.DrainAsync(TimeSpan.FromSeconds(10));
        Assert.True(peer.Channel.HasEndedSending);
        Assert.Equal((HttpEnding.Drained, HttpFault.None), await peer.EndAsync());
        Assert.True(await drained);
    }

    [Fact]
    public async Task A_drain_lets_a_request_be_answered_and_then_closes()
    {
        using var peer = new Peer(HttpConnectionTests.EchoBody);
        peer.Channel.Arrive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n");
        Task<bool> drained = peer.Server.DrainAsync(TimeSpan.FromSeconds(10));
        peer.Channel.Arrive("x");
        Assert.Contains("\r\nConnection: close\r\n\r\nx", peer.Sent);
        Assert.Equal((HttpEnding.Closed, HttpFault.None), await peer.EndAsync());
        Assert.True(await drained);
    }

    [Fact]
    public async Task A_drain_tells_the_other_protocol_once_and_aborts_at_the_end_of_its_time()
    {
        var echo = new HttpConnectionTests.Echo();
        using var peer = new Peer(exchange => exchange.Response.Upgrade("echo"u8, echo));
        peer.Channel.Arrive("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
        Task<bool> drained = peer.Server.DrainAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(1, echo.Drained);
        peer.Time.Advance(10_100);
        Assert.False(await drained);
        Assert.True(peer.Channel.IsAborted);
        Assert.Equal(HttpEnding.Upgraded, (await peer.EndingAsync()).Ending);
    }

    [Fact]
    public async Task What_is_still_at_work_when_the_drain_time_is_over_is_aborted()
    {
        using var peer = new Peer(HttpConnectionTests.EchoBody);
        peer.Channel.Arrive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n");
        Task<bool> drained = peer.Server.DrainAsync(TimeSpan.FromSeconds(1));
        peer.Time.Advance(1_100);
        Assert.False(await drained);
        Assert.Equal((HttpEnding.Aborted, HttpFault.None), (await peer.EndingAsync()) with { Fault = HttpFault.None });
    }
}
