namespace RawHttp.Tests;

public class HttpRequestTests
{
    [Fact]
    public void Values_are_made_on_demand()
    {
        string seen = "";
        using var peer = new Peer(exchange =>
        {
            HttpRequest request = exchange.Request;
            seen = $"{request.QueryValue("a"u8)}|{request.QueryValue("none"u8)}|{request.FieldValue("x"u8)}|{request.FieldValue("y"u8)}|{request.FieldValue("none"u8)}|{request.IsSecure}|{request.RemoteEndPoint}";
            Peer.Hello(exchange);
        });
        peer.Channel.Arrive("GET /?a=%C3%A9+b&a=2 HTTP/1.1\r\nHost: a\r\nX: \xE9\r\nY: 1\r\nY: 2\r\n\r\n");
        Assert.Equal("é b||Ã©|||False|127.0.0.1:40000", seen);
    }

    [Fact]
    public void A_request_without_content_has_an_empty_body()
    {
        using var peer = new Peer(async exchange =>
        {
            Assert.Equal(RawHttp.Wire.HttpFault.None, await exchange.Request.ReadBodyAsync(0));
            Assert.True(exchange.Request.Body.IsEmpty);
            Peer.Hello(exchange);
        });
        peer.Channel.Arrive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
        Assert.EndsWith("hello", peer.Sent);
    }
}
