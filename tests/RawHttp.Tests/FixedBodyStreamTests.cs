using RawNet;

namespace RawHttp.Tests;

public class FixedBodyStreamTests
{
    static readonly byte[] Piece = new byte[64 << 10];

    [Theory]
    [InlineData("HTTP/1.1", "")]
    [InlineData("HTTP/1.0", "Connection: keep-alive\r\n")]
    public void Content_of_known_length_is_written_in_pieces_and_the_connection_lives_on(string version, string field)
    {
        using var peer = new Peer(async exchange =>
        {
            FixedBodyStream stream = exchange.Response.StartStream(200, "text/plain"u8, 5);
            Assert.True(stream.HasContent);
            Assert.True(await stream.WriteAsync("he"u8.ToArray()));
            Assert.Equal(3, stream.Left);
            SharedBytes rest = SharedBytes.Copy("llo"u8);
            Assert.True(await stream.WriteAsync(rest));
            rest.Release();
            stream.End();
            Assert.False(await stream.WriteAsync("x"u8.ToArray()));
        });
        string request = $"GET / {version}\r\nHost: a\r\n{field}\r\n";
        peer.Channel.Arrive(request + request);
        string sent = peer.Sent;
        Assert.Empty(peer.Bugs);
        Assert.Equal(2, sent.Split("\r\nContent-Length: 5\r\n").Length - 1);
        Assert.Equal(2, sent.Split("\r\n\r\nhello").Length - 1);
        Assert.DoesNotContain("chunked", sent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void HEAD_has_the_length_and_no_content(bool writes)
    {
        using var peer = new Peer(async exchange =>
        {
            FixedBodyStream stream = exchange.Response.StartStream(200, "text/plain"u8, 5);
            Assert.False(stream.HasContent);
            if (writes) Assert.True(await stream.WriteAsync("hel"u8.ToArray()));
            SharedBytes rest = SharedBytes.Copy("lo"u8);
            if (writes) Assert.True(await stream.WriteAsync(rest));
            rest.Release();
            stream.End();
        });
        peer.Channel.Arrive("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
        string sent = peer.Sent;
        Assert.Contains("\r\nContent-Length: 5\r\n", sent);
        Assert.EndsWith("\r\n\r\n", sent);
        Assert.False(peer.Channel.IsAborted);
        Assert.Empty(peer.Bugs);
    }

    [Theory]
    [InlineData(204, 0)]
    [InlineData(304, 0)]
    [InlineData(200, -1)]
    public void A_status_without_content_or_a_length_that_is_none_is_our_mistake(int status, long length)
    {
        using var peer = new Peer(exchange =>
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => exchange.Response.StartStream(status, "text/plain"u8, length));
            Peer.Hello(exchange);
        });
        peer.Channel.Arrive("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.EndsWith("\r\n\r\nhello", peer.Sent);
        Assert.Empty(peer.Bugs);
    }

    [Fact]
    public async Task A_write_waits_while_too_much_waits()
    {
        long written = 0;
        using var peer = new Peer(async exchange =>
        {
            FixedBodyStream stream = exchange.Response.StartStream(200, "text/plain"u8, 100 * Piece.Length);
            for (int i = 0; i < 100; i++)
            {
                Assert.True(await stream.WriteAsync(Piece));
                Interlocked.Add(ref written, Piece.Length);
            }
            stream.End();
        });
        peer.Channel.SendsStall = true;
        peer.Channel.Arrive("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.InRange(Interlocked.Read(ref written), SendQueueOptions.Default.MaxBytes / 2, SendQueueOptions.Default.MaxBytes);
        peer.Channel.SendsStall = false;
        await peer.Channel.WhenSent(100 * Piece.Length).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(peer.Bugs);
    }

    [Fact] // RFC 9112 §8
    public async Task Less_than_was_promised_ends_the_connection()
    {
        using var peer = new Peer(async exchange =>
        {
            FixedBodyStream stream = exchange.Response.StartStream(200, "text/plain"u8, 5);
            await stream.WriteAsync("hell"u8.ToArray());
            stream.End();
            stream.End();
        });
        peer.Channel.Arrive("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal(HttpEnding.Incomplete, (await peer.EndingAsync()).Ending);
        Assert.True(peer.Channel.IsAborted);
        Assert.Empty(peer.Bugs);
    }

    [Fact]
    public void More_than_was_promised_is_our_mistake()
    {
        using var peer = new Peer(async exchange =>
        {
            FixedBodyStream stream = exchange.Response.StartStream(200, "text/plain"u8, 5);
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await stream.WriteAsync("hello!"u8.ToArray()));
            await stream.WriteAsync("hello"u8.ToArray());
            stream.End();
        });
        peer.Channel.Arrive("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.EndsWith("\r\n\r\nhello", peer.Sent);
        Assert.Empty(peer.Bugs);
    }

    [Fact]
    public async Task A_peer_that_is_gone_is_told_to_the_writer()
    {
        bool? written = null;
        using var peer = new Peer(async exchange =>
        {
            FixedBodyStream stream = exchange.Response.StartStream(200, "text/plain"u8, 100 * Piece.Length);
            for (int i = 0; i < 100 && written != false; i++) written = await stream.WriteAsync(Piece);
            Assert.True(stream.HasEnded);
            stream.End();
        });
        peer.Channel.SendsStall = true;
        peer.Channel.Arrive("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        peer.Channel.Break(new IOException("gone"));
        await peer.EndingAsync();
        Assert.False(written);
        Assert.Empty(peer.Bugs);
    }

    [Fact]
    public void A_second_answer_is_not_begun()
    {
        using var peer = new Peer(exchange =>
        {
            Peer.Hello(exchange);
            Assert.True(exchange.Response.StartStream(200, "text/plain"u8, 5).HasEnded);
        });
        peer.Channel.Arrive("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.EndsWith("\r\n\r\nhello", peer.Sent);
        Assert.Empty(peer.Bugs);
    }
}
