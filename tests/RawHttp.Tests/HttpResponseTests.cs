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

    [Fact]
    public void Content_with_a_status_that_has_none_is_our_mistake() =>
        Answer(exchange =>
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => exchange.Response.Send(204, "text/plain"u8, "x"u8));
            Peer.Hello(exchange);
        });

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
