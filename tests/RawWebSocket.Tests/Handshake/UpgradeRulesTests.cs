using RawHttp.Wire;
using RawWebSocket.Handshake;

namespace RawWebSocket.Tests.Handshake;

public sealed class UpgradeRulesTests
{
    [Theory]
    [InlineData("4.2.1 item 1 POST", "POST /chat HTTP/1.1", "", HttpFault.UpgradeNeedsGet)]
    [InlineData("4.2.1 item 1 HEAD", "HEAD /chat HTTP/1.1", "", HttpFault.UpgradeNeedsGet)]
    [InlineData("9110 9.3.2 HEAD as GET", "HEAD /chat HTTP/1.1", "Upgrade:", HttpFault.UpgradeRequired)]
    [InlineData("4.2.1 item 1 HTTP/1.0", "GET /chat HTTP/1.0", "", HttpFault.UpgradeNeedsGet)]
    [InlineData("4.1 content", "GET /chat HTTP/1.1", "Content-Length: 5", HttpFault.UpgradeWithBody)]
    [InlineData("4.1 chunked content", "GET /chat HTTP/1.1", "Transfer-Encoding: chunked", HttpFault.UpgradeWithBody)]
    [InlineData("4.2.1 item 3 none", "GET /chat HTTP/1.1", "Upgrade:", HttpFault.UpgradeRequired)]
    [InlineData("4.2.1 item 3 another", "GET /chat HTTP/1.1", "Upgrade: h2c", HttpFault.UpgradeRequired)]
    [InlineData("4.2.1 item 3 a longer word", "GET /chat HTTP/1.1", "Upgrade: websockets", HttpFault.UpgradeRequired)]
    [InlineData("4.2.1 item 4 none", "GET /chat HTTP/1.1", "Connection:", HttpFault.UpgradeRequired)]
    [InlineData("4.2.1 item 4 another", "GET /chat HTTP/1.1", "Connection: keep-alive", HttpFault.UpgradeRequired)]
    [InlineData("4.2.1 item 5 none", "GET /chat HTTP/1.1", "Sec-WebSocket-Key:", HttpFault.BadWebSocketKey)]
    [InlineData("4.2.1 item 5 15 bytes", "GET /chat HTTP/1.1", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j", HttpFault.BadWebSocketKey)]
    [InlineData("4.2.1 item 5 no base64", "GET /chat HTTP/1.1", "Sec-WebSocket-Key: !GhlIHNhbXBsZSBub25jZQ==", HttpFault.BadWebSocketKey)]
    [InlineData("11.3.1 repeated key", "GET /chat HTTP/1.1", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", HttpFault.BadWebSocketKey)]
    [InlineData("4.2.1 item 6 none", "GET /chat HTTP/1.1", "Sec-WebSocket-Version:", HttpFault.UnsupportedWebSocketVersion)]
    [InlineData("4.2.1 item 6 8", "GET /chat HTTP/1.1", "Sec-WebSocket-Version: 8", HttpFault.UnsupportedWebSocketVersion)]
    [InlineData("4.2.1 item 6 013", "GET /chat HTTP/1.1", "Sec-WebSocket-Version: 013", HttpFault.UnsupportedWebSocketVersion)]
    [InlineData("4.4 a list", "GET /chat HTTP/1.1", "Sec-WebSocket-Version: 13, 8", HttpFault.UnsupportedWebSocketVersion)]
    [InlineData("4.1 item 10 no token", "GET /chat HTTP/1.1", "Sec-WebSocket-Protocol: a b", HttpFault.BadSubprotocol)]
    [InlineData("9.1 no grammar", "GET /chat HTTP/1.1", "Sec-WebSocket-Extensions: a;=", HttpFault.BadExtensionOffer)]
    [InlineData("1.3 the example", "GET /chat HTTP/1.1", "", HttpFault.None)]
    [InlineData("4.2.1 item 3 without case", "GET /chat HTTP/1.1", "Upgrade: WebSocket", HttpFault.None)]
    [InlineData("4.2.1 item 3 in a list", "GET /chat HTTP/1.1", "Upgrade: h2c, websocket", HttpFault.None)]
    [InlineData("4.2.1 item 4 in a list", "GET /chat HTTP/1.1", "Connection: keep-alive, upgrade", HttpFault.None)]
    [InlineData("4.2.1 item 4 in two lines", "GET /chat HTTP/1.1", "Connection: keep-alive|Connection: Upgrade", HttpFault.None)]
    [InlineData("4.1 no bytes of content", "GET /chat HTTP/1.1", "Content-Length: 0", HttpFault.None)]
    [InlineData("4.2.1 items 8 and 9", "GET /chat HTTP/1.1", "Sec-WebSocket-Protocol: chat|Sec-WebSocket-Extensions: permessage-deflate", HttpFault.None)]
    [InlineData("4.2.1 item 10 others", "GET /chat HTTP/1.1", "Cookie: a=b|X-Any: thing", HttpFault.None)]
    public void The_rule_an_opening_breaks_is_named(string rule, string requestLine, string changes, HttpFault expected)
    {
        string[] lines = changes.Length == 0 ? [] : changes.Split('|');
        Assert.True(expected == UpgradeRules.Check(Heads.Request(requestLine, lines)), rule);
    }

    [Fact]
    public void A_wrong_version_is_answered_with_426() =>
        Assert.Equal(426, HttpFaults.StatusOf(HttpFault.UnsupportedWebSocketVersion));
}
