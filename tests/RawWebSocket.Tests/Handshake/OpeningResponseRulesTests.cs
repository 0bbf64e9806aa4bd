using RawWebSocket.Handshake;

namespace RawWebSocket.Tests.Handshake;

public sealed class OpeningResponseRulesTests
{
    static readonly string[] Answer =
        ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="]; // RFC 6455 §1.3

    static OpeningFault Judge(string status, string changes, out int chosen)
    {
        string[] lines = Heads.Changed(Answer, changes.Length == 0 ? [] : changes.Split('|'));
        return OpeningResponseRules.Check(Heads.Response(status, lines), "dGhlIHNhbXBsZSBub25jZQ=="u8, ["chat", "superchat"], new() { ServerContextTakeover = true }, out chosen, out _);
    }

    [Theory]
    [InlineData("4.1 item 1", "HTTP/1.1 200 OK", "", OpeningFault.NotSwitched)]
    [InlineData("4.1 item 1", "HTTP/1.1 403 Forbidden", "", OpeningFault.NotSwitched)]
    [InlineData("4.1 item 2 none", "HTTP/1.1 101 x", "Upgrade:", OpeningFault.UpgradeMissing)]
    [InlineData("4.1 item 2 another", "HTTP/1.1 101 x", "Upgrade: h2c", OpeningFault.UpgradeMissing)]
    [InlineData("4.1 item 3 none", "HTTP/1.1 101 x", "Connection:", OpeningFault.ConnectionMissing)]
    [InlineData("4.1 item 3 another", "HTTP/1.1 101 x", "Connection: close", OpeningFault.ConnectionMissing)]
    [InlineData("4.1 item 4 none", "HTTP/1.1 101 x", "Sec-WebSocket-Accept:", OpeningFault.WrongAccept)]
    [InlineData("4.1 item 4 another", "HTTP/1.1 101 x", "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOp=", OpeningFault.WrongAccept)]
    [InlineData("4.1 item 4 other case", "HTTP/1.1 101 x", "Sec-WebSocket-Accept: S3pPLMBiTxaQ9kYGzzhZRbK+xOo=", OpeningFault.WrongAccept)]
    [InlineData("4.1 item 5", "HTTP/1.1 101 x", "Sec-WebSocket-Extensions: x-other", OpeningFault.UnaskedExtension)]
    [InlineData("4.1 item 5 parameters", "HTTP/1.1 101 x", "Sec-WebSocket-Extensions: permessage-deflate; x", OpeningFault.BadExtensionAnswer)]
    [InlineData("4.1 item 5 as offered", "HTTP/1.1 101 x", "Sec-WebSocket-Extensions: permessage-deflate", OpeningFault.None)]
    [InlineData("4.1 item 6 not offered", "HTTP/1.1 101 x", "Sec-WebSocket-Protocol: other", OpeningFault.UnaskedSubprotocol)]
    [InlineData("4.1 item 6 several", "HTTP/1.1 101 x", "Sec-WebSocket-Protocol: chat, superchat", OpeningFault.UnaskedSubprotocol)]
    [InlineData("4.1 item 6 repeated", "HTTP/1.1 101 x", "Sec-WebSocket-Protocol: chat|Sec-WebSocket-Protocol: chat", OpeningFault.UnaskedSubprotocol)]
    [InlineData("1.3 the example", "HTTP/1.1 101 Switching Protocols", "", OpeningFault.None)]
    [InlineData("4.1 items 2 and 3 without case", "HTTP/1.1 101 x", "Upgrade: WebSocket|Connection: keep-alive, upgrade", OpeningFault.None)]
    public void The_rule_an_answer_breaks_is_named(string rule, string status, string changes, OpeningFault expected) =>
        Assert.True(expected == Judge(status, changes, out _), rule);

    [Theory]
    [InlineData("", -1)]
    [InlineData("Sec-WebSocket-Protocol: chat", 0)]
    [InlineData("Sec-WebSocket-Protocol: superchat", 1)]
    public void The_servers_choice_is_told(string changes, int expected)
    {
        Assert.Equal(OpeningFault.None, Judge("HTTP/1.1 101 x", changes, out int chosen));
        Assert.Equal(expected, chosen);
    }
}
