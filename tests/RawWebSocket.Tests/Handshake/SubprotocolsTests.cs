using RawHttp.Wire;
using RawWebSocket.Handshake;

namespace RawWebSocket.Tests.Handshake;

public sealed class SubprotocolsTests
{
    static FieldLines Offer(string lines) => Heads.Request("GET / HTTP/1.1", lines.Split('|')).Fields;

    [Theory]
    [InlineData("4.1 item 10 twice", "Sec-WebSocket-Protocol: chat, superchat, chat", HttpFault.BadSubprotocol)]
    [InlineData("4.1 item 10 twice over lines", "Sec-WebSocket-Protocol: chat|Sec-WebSocket-Protocol: chat", HttpFault.BadSubprotocol)]
    [InlineData("4.1 item 10 space", "Sec-WebSocket-Protocol: super chat", HttpFault.BadSubprotocol)]
    [InlineData("4.1 item 10 separator", "Sec-WebSocket-Protocol: chat/1", HttpFault.BadSubprotocol)]
    [InlineData("4.1 item 10 quoted", "Sec-WebSocket-Protocol: \"chat\"", HttpFault.BadSubprotocol)]
    [InlineData("11.3.4 at least one", "Sec-WebSocket-Protocol: ,", HttpFault.BadSubprotocol)]
    [InlineData("4.1 item 10 case counts", "Sec-WebSocket-Protocol: chat, Chat", HttpFault.None)]
    [InlineData("4.1 item 10 one", "Sec-WebSocket-Protocol: rawrealtime.v1", HttpFault.None)]
    [InlineData("4.1 item 10 none", "Accept: */*", HttpFault.None)]
    public void An_offer_is_a_list_of_different_tokens(string rule, string lines, HttpFault expected) =>
        Assert.True(expected == Subprotocols.Check(Offer(lines)), rule);

    [Theory]
    [InlineData("Sec-WebSocket-Protocol: b, a", 0)]
    [InlineData("Sec-WebSocket-Protocol: x|Sec-WebSocket-Protocol: b", 1)]
    [InlineData("Sec-WebSocket-Protocol: A", -1)]
    [InlineData("Sec-WebSocket-Protocol: ab", -1)]
    [InlineData("Accept: */*", -1)]
    public void The_servers_preference_decides(string lines, int chosen) =>
        Assert.Equal(chosen, Subprotocols.Choose(Offer(lines), ["a", "b"]));
}
