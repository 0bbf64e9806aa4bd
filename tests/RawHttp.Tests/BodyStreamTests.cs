using RawHttp.Wire;
using RawNet;

namespace RawHttp.Tests;

public class BodyStreamTests
{
    static string Answer(string requestLine)
    {
        using var peer = new Peer(exchange =>
        {
            BodyStream stream = exchange.Response.StartStream(200, "text/plain"u8);
            stream.TryWrite("abc"u8);
            stream.TryWrite(default);
            SharedBytes shared = SharedBytes.Rent(ChunkWriter.FramedLength(2000));
            ChunkWriter.Write(shared.Span, Bytes.Of(new string('x', 2000)));
            stream.TryWriteFramed(shared);
            shared.Release();
            stream.TryWrite(Bytes.Of(new string('y', 2000)));
            stream.End();
            stream.End();
        });
        peer.Channel.Arrive($"{requestLine}\r\nHost: a\r\n\r\n");
        Assert.Empty(peer.Bugs);
        return peer.Sent;
    }

    static readonly string X = new('x', 2000), Y = new('y', 2000);

    [Fact]
    public void Chunks_on_HTTP_1_1() =>
        Assert.EndsWith($"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n7d0\r\n{X}\r\n7d0\r\n{Y}\r\n0\r\n\r\n", Answer("GET / HTTP/1.1"));

    [Fact]
    public void Until_the_connection_ends_on_HTTP_1_0()
    {
        string answer = Answer("GET / HTTP/1.0");
        Assert.EndsWith($"\r\nConnection: close\r\n\r\nabc{X}{Y}", answer);
        Assert.DoesNotContain("Transfer-Encoding", answer);
    }

    [Fact]
    public void Nothing_for_HEAD()
    {
        string answer = Answer("HEAD / HTTP/1.1");
        Assert.EndsWith("Transfer-Encoding: chunked\r\n\r\n", answer);
    }

    [Fact]
    public void What_cannot_be_made_whole_takes_the_connection_with_it()
    {
        using var peer = new Peer(exchange =>
        {
            BodyStream stream = exchange.Response.StartStream(200, "text/plain"u8);
            stream.TryWrite("half"u8);
            stream.Abort();
            stream.Abort();
            stream.End();
            Assert.False(stream.TryWrite("more"u8));
        });
        peer.Channel.Arrive("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Empty(peer.Bugs);
        Assert.True(peer.Channel.IsAborted);
        Assert.DoesNotContain("\r\n0\r\n", peer.Sent);
    }

    [Fact]
    public async Task A_full_queue_refuses_a_piece_and_tells_when_there_is_room()
    {
        BodyStream? stream = null;
        int told = 0;
        using var peer = new Peer(exchange => { stream = exchange.Response.StartStream(200, "text/plain"u8); exchange.Hold(new Nobody(), long.MaxValue); },
            new HttpServerOptions { Sending = new() { MaxBytes = 4096 } });
        peer.Channel.SendsStall = true;
        peer.Channel.Arrive("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.True(stream!.TryWrite(new byte[3000]));
        Assert.False(stream.TryWrite(new byte[3000]));
        Assert.False(stream.HasRoom);
        Assert.True(stream.NotifyWhenRoom(() => told++));
        peer.Channel.SendsStall = false;
        Assert.Equal(1, told);
        Assert.True(stream.TryWrite(new byte[3000]));
        await peer.EndAsync();
    }

    const string Get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    /// <summary>A handler that writes 64 KiB a hundred times, or until it is told to stop; counts what it wrote.</summary>
    sealed class Writer
    {
        public const int Pieces = 100, PieceBytes = 64 << 10;

        public int Written { get; private set; }

        public bool WasStopped { get; private set; }

        public async ValueTask WriteAsync(HttpExchange exchange)
        {
            BodyStream stream = exchange.Response.StartStream(200, "text/plain"u8);
            byte[] piece = new byte[PieceBytes];
            for (; Written < Pieces; Written++)
            {
                if (await stream.WriteAsync(piece)) continue;
                WasStopped = true;
                return;
            }
            stream.End();
        }
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_holds_the_writer_back()
    {
        var writer = new Writer();
        using var peer = new Peer(writer.WriteAsync, new() { Sending = new() { MaxBytes = 1 << 20 } });
        peer.Channel.SendsStall = true;
        peer.Channel.Arrive(Get);
        Assert.InRange(writer.Written, 8, 16); // the bound of what waits, and not all there is
        peer.Channel.SendsStall = false;
        await peer.SentUntil("\r\n0\r\n\r\n");
        Assert.Equal((Writer.Pieces, false), (writer.Written, writer.WasStopped));
        peer.Channel.Arrive(Get);
        Assert.Equal(HttpEnding.PeerClosed, (await peer.EndAsync()).Ending);
        Assert.Equal(2, peer.Endings[0].Requests);
        Assert.Empty(peer.Bugs);
    }

    [Theory]
    [InlineData(true, HttpEnding.TooSlow)]
    [InlineData(false, HttpEnding.Broken)]
    public async Task A_writer_is_told_that_its_peer_is_too_slow_or_gone_and_may_just_return(bool isSlow, HttpEnding ending)
    {
        var writer = new Writer();
        using var peer = new Peer(writer.WriteAsync);
        peer.Channel.SendsStall = true;
        peer.Channel.Arrive(Get);
        if (isSlow) peer.Time.Advance(10_200);
        else peer.Channel.Break(new IOException("reset"));
        Assert.Equal((ending, HttpFault.None), await peer.EndingAsync());
        Assert.True(writer.WasStopped);
        Assert.Empty(peer.Bugs);
    }

    [Fact]
    public async Task Ending_a_stream_whose_peer_is_gone_changes_nothing()
    {
        using var peer = new Peer(async exchange =>
        {
            BodyStream stream = exchange.Response.StartStream(200, "text/plain"u8);
            while (await stream.WriteAsync(new byte[100_000])) { }
            stream.End();
        });
        peer.Channel.SendsStall = true;
        peer.Channel.Arrive(Get);
        peer.Channel.Break(new IOException("reset"));
        Assert.Equal((HttpEnding.Broken, HttpFault.None), await peer.EndingAsync());
        Assert.Empty(peer.Bugs);
    }

    [Fact]
    public async Task A_writer_that_stops_while_its_peer_is_there_is_a_bug_and_half_an_answer_ends_nobody_takes_for_whole()
    {
        using var peer = new Peer(async exchange => await exchange.Response.StartStream(200, "text/plain"u8).WriteAsync(new byte[100]));
        peer.Channel.Arrive(Get);
        Assert.True(peer.Channel.IsAborted);
        Assert.Single(peer.Bugs);
        Assert.Equal(HttpEnding.Bug, (await peer.EndingAsync()).Ending);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")]
    [InlineData("HEAD / HTTP/1.1", "Transfer-Encoding: chunked\r\n\r\n")]
    [InlineData("GET / HTTP/1.0", "Connection: close\r\n\r\nabc")]
    [InlineData("HEAD / HTTP/1.0", "Connection: close\r\n\r\n")]
    public void What_is_awaited_is_framed_as_what_is_not(string requestLine, string ending)
    {
        using var peer = new Peer(async exchange =>
        {
            BodyStream stream = exchange.Response.StartStream(200, "text/plain"u8);
            Assert.True(await stream.WriteAsync(default));
            Assert.True(await stream.WriteAsync(Bytes.Of("abc")));
            stream.End();
            Assert.False(await stream.WriteAsync(Bytes.Of("abc")));
        });
        peer.Channel.Arrive($"{requestLine}\r\nHost: a\r\n\r\n");
        Assert.EndsWith(ending, peer.Sent);
        Assert.Empty(peer.Bugs);
    }

    public static TheoryData<string, string, bool, string, string> Trailers => new()
    {
        // RFC 9110                   request                                     unasked  Trailer field     behind the content
        { "§10.1.4 asked for",        "GET / HTTP/1.1\r\nTE: trailers",            false, "Digest, X-Took", "0\r\nDigest: d=1\r\nX-Took: 3\r\n\r\n" },
        { "§10.1.4 in a list",        "GET / HTTP/1.1\r\nTE: gzip;q=0.5, Trailers", false, "Digest, X-Took", "0\r\nDigest: d=1\r\nX-Took: 3\r\n\r\n" },
        { "§6.5.1 not asked for",     "GET / HTTP/1.1",                             false, "",               "0\r\n\r\n" },
        { "§6.5.1 may be dropped",    "GET / HTTP/1.1",                             true,  "X-Took",         "0\r\nX-Took: 3\r\n\r\n" },
        { "§9.3.2 HEAD",              "HEAD / HTTP/1.1\r\nTE: trailers",           false, "Digest, X-Took", "" },
        { "§6.5.1 HTTP/1.0",          "GET / HTTP/1.0\r\nTE: trailers",            true,  "",               "abc" },
    };

    [Theory, MemberData(nameof(Trailers))]
    public void Trailers_go_to_whom_they_help(string clause, string request, bool evenUnasked, string announced, string ending)
    {
        using var peer = new Peer(exchange =>
        {
            exchange.Response.AnnounceTrailer("Digest"u8);
            exchange.Response.AnnounceTrailer("X-Took"u8, evenUnasked);
            exchange.Response.AnnounceTrailer("x-took"u8);
            BodyStream stream = exchange.Response.StartStream(200, "text/plain"u8);
            stream.AddTrailer("Digest"u8, "d=1"u8);
            stream.TryWrite("abc"u8);
            stream.AddTrailer("X-Took"u8, "3"u8);
            stream.End();
        });
        peer.Channel.Arrive($"{request}\r\nHost: a\r\n\r\n");
        string sent = peer.Sent;
        Assert.Empty(peer.Bugs);
        Assert.Equal((clause, announced), (clause, sent.Contains("\r\nTrailer: ", StringComparison.Ordinal) ? sent.Split("\r\nTrailer: ")[1].Split("\r\n")[0] : ""));
        string content = sent[(sent.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.Equal((clause, ending), (clause, content.Replace("3\r\nabc\r\n", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Trailers_that_could_mislead_and_trailers_nobody_announced_are_our_mistake()
    {
        using var peer = new Peer(exchange =>
        {
            HttpResponse response = exchange.Response;
            Assert.Throws<ArgumentException>(() => response.AnnounceTrailer("Content-Length"u8));
            Assert.Throws<ArgumentException>(() => response.AnnounceTrailer("set-cookie"u8));
            Assert.Throws<ArgumentException>(() => response.AnnounceTrailer("no token"u8));
            Assert.True(response.AnnounceTrailer("A"u8));
            BodyStream stream = response.StartStream(200, "text/plain"u8);
            Assert.Throws<ArgumentException>(() => stream.AddTrailer("B"u8, "b"u8));
            Assert.Throws<ArgumentException>(() => stream.AddTrailer("A"u8, "b\r\nEvil: c"u8));
            Assert.Throws<ArgumentException>(() => stream.AddTrailer("A"u8, new byte[2048]));
            stream.AddTrailer("A"u8, "b"u8);
            stream.End();
        });
        peer.Channel.Arrive("GET / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nConnection: TE\r\n\r\n");
        Assert.Empty(peer.Bugs);
        Assert.EndsWith("\r\n\r\n0\r\nA: b\r\n\r\n", peer.Sent);
    }

    [Fact]
    public void A_trailer_of_a_stream_without_any_is_our_mistake()
    {
        using var peer = new Peer(exchange =>
        {
            BodyStream stream = exchange.Response.StartStream(200, "text/plain"u8);
            Assert.Throws<ArgumentException>(() => stream.AddTrailer("A"u8, "b"u8));
            stream.End();
        });
        peer.Channel.Arrive(Get + Get);
        Assert.Empty(peer.Bugs);
    }

    sealed class Nobody : IHeldExchange
    {
        public void OnPeerGone()
        {
        }

        public void OnDraining()
        {
        }

        public void OnDue(long nowMilliseconds)
        {
        }
    }
}
