using RawHttp.Wire;

namespace RawHttp.Tests;

public class HttpResponseTests
{
    static string Answer(Action<HttpExchange> handler, string requestLine = "GET / HTTP/1.1")
    {
        using var peer = new Peer(handler);
        peer.Channel.Arrive($"{requestLine}\r\nHost: a\r\n\r\n");
        Assert.Empty(peer.Bugs);
        return peer.Sent;
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public void Some_answers_have_neither_content_nor_length(int status)
    {
        string answer = Answer(exchange => exchange.Response.SendEmpty(status));
        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        Assert.DoesNotContain("Content-Length", answer);
        Assert.DoesNotContain("Transfer-Encoding", answer);
    }

    [Fact]
    public void Others_say_that_there_is_no_content() =>
        Assert.Contains("\r\nContent-Length: 0\r\n", Answer(exchange => exchange.Response.SendEmpty(202)));

    [Theory] // RFC 9110 §15.2, §15.3.5, §15.3.6, §15.4.5
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(199)]
    [InlineData(204)]
    [InlineData(205)]
    [InlineData(304)]
    [InlineData(600)]
    public void Content_with_a_status_that_has_none_is_our_mistake(int status) =>
        Assert.EndsWith("hello", Answer(exchange =>
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => exchange.Response.Send(status, "text/plain"u8, "x"u8));
            Assert.Throws<ArgumentOutOfRangeException>(() => exchange.Response.StartStream(status, "text/plain"u8));
            Peer.Hello(exchange);
        }));

    [Fact] // RFC 9110 §9.3.6
    public void A_success_in_answer_to_CONNECT_is_our_mistake()
    {
        using var peer = new Peer(exchange =>
        {
            Assert.Throws<InvalidOperationException>(() => Peer.Hello(exchange));
            Assert.Throws<InvalidOperationException>(() => exchange.Response.SendEmpty(204));
            Assert.Throws<InvalidOperationException>(() => exchange.Response.StartStream(200, "text/plain"u8));
            exchange.Response.SendEmpty(405);
        });
        peer.Channel.Arrive("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n");
        Assert.Empty(peer.Bugs);
        Assert.StartsWith("HTTP/1.1 405 ", peer.Sent);
    }

    [Theory] // RFC 9110 §15.2: an interim response is no answer
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(600)]
    public void An_answer_is_final(int status) =>
        Assert.EndsWith("hello", Answer(exchange =>
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => exchange.Response.SendEmpty(status));
            Peer.Hello(exchange);
        }));

    [Theory] // RFC 9110 §6.6.1, §6.6.2, §7.6.1, §8.6, RFC 9112 §6.1
    [InlineData("Date")]
    [InlineData("trailer")]
    [InlineData("CONNECTION")]
    [InlineData("Content-Length")]
    [InlineData("transfer-encoding")]
    public void Fields_that_frame_an_answer_are_its_own_affair(string name) =>
        Assert.EndsWith("hello", Answer(exchange =>
        {
            Assert.Throws<ArgumentException>(() => exchange.Response.AddField(Bytes.Of(name), "1"u8));
            Peer.Hello(exchange);
        }));

    [Theory] // RFC 9110 §7.8
    [InlineData("GET / HTTP/1.1", "\r\nConnection: Upgrade\r\nUpgrade: x\r\n")]
    [InlineData("GET / HTTP/1.0", "\r\nConnection: Upgrade\r\nConnection: close\r\nUpgrade: x\r\n")]
    public void An_upgrade_that_is_offered_is_named_in_Connection(string requestLine, string expected) =>
        Assert.Contains(expected, Answer(exchange =>
        {
            exchange.Response.AddField("Upgrade"u8, "x"u8);
            exchange.Response.SendEmpty(426);
        }, requestLine));

    /// <summary>RFC 9110 §9.3.2: HEAD is GET without content, whichever way the answer is given.</summary>
    [Theory]
    [InlineData("GET / HTTP/1.1", 0)]
    [InlineData("GET / HTTP/1.1", 1)]
    [InlineData("GET / HTTP/1.1", 2)]
    [InlineData("GET / HTTP/1.1", 3)]
    [InlineData("GET / HTTP/1.0\r\nConnection: keep-alive", 0)]
    [InlineData("GET / HTTP/1.0\r\nConnection: keep-alive", 1)]
    [InlineData("GET / HTTP/1.0\r\nConnection: keep-alive", 3)]
    public void HEAD_is_GET_without_content_for_every_way_to_answer(string request, int way)
    {
        void AnswerIn(HttpExchange exchange)
        {
            if (way == 0) exchange.Response.Send(200, "text/plain"u8, "abc"u8);
            else if (way == 1) exchange.Response.SendProblem(HttpFault.NotFound);
            else if (way == 2) exchange.Response.SendEmpty(204);
            else
            {
                exchange.Response.AnnounceTrailer("A"u8, evenUnasked: true);
                BodyStream stream = exchange.Response.StartStream(200, "text/plain"u8);
                stream.TryWrite("abc"u8);
                stream.AddTrailer("A"u8, "b"u8);
                stream.End();
            }
        }

        string get = Answer(AnswerIn, request), head = Answer(AnswerIn, request.Replace("GET", "HEAD", StringComparison.Ordinal));
        Assert.Equal(get[..(get.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)], head);
    }

    [Fact]
    public void Fields_of_the_application_cannot_break_out() =>
        Assert.DoesNotContain("Evil", Answer(exchange =>
        {
            Assert.Throws<ArgumentException>(() => exchange.Response.AddField("A"u8, "b\r\nEvil: c"u8));
            exchange.Response.AddField("A"u8, "b"u8);
            Peer.Hello(exchange);
        }));

    [Fact]
    public void Many_large_fields_fit()
    {
        byte[] value = new byte[3000];
        value.AsSpan().Fill((byte)'v');
        string answer = Answer(exchange =>
        {
            exchange.Response.AddField("A"u8, value);
            exchange.Response.AddField("B"u8, value);
            Peer.Hello(exchange);
        });
        Assert.Contains($"\r\nA: {new string('v', 3000)}\r\nB: {new string('v', 3000)}\r\n\r\nhello", answer);
    }

    [Fact]
    public void A_second_answer_is_ignored()
    {
        string answer = Answer(exchange =>
        {
            Assert.True(exchange.Response.SendEmpty(202));
            Assert.True(exchange.Response.HasStarted);
            Assert.False(exchange.Response.SendEmpty(200));
            Assert.False(exchange.Response.StartStream(200, "text/plain"u8).TryWrite("x"u8));
        });
        Assert.Equal(2, answer.Split("HTTP/1.1 ").Length);
    }

    [Fact]
    public void An_upgrade_nobody_asked_for_is_our_mistake() =>
        Answer(exchange =>
        {
            Assert.Throws<InvalidOperationException>(() => exchange.Response.Upgrade("x"u8, null!));
            Peer.Hello(exchange);
        });

    [Fact]
    public void An_answer_may_ask_to_close() => Assert.Contains("\r\nConnection: close\r\n", Answer(exchange =>
    {
        exchange.Response.CloseAfter();
        Peer.Hello(exchange);
    }));
}
