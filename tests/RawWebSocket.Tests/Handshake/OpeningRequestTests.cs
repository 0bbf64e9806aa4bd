using System.Text;
using RawHttp.Wire;
using RawWebSocket.Handshake;

namespace RawWebSocket.Tests.Handshake;

public sealed class OpeningRequestTests
{
    static string Written(string subprotocols, string extensions = "", params KeyValuePair<byte[], byte[]>[] fields)
    {
        byte[] block = new byte[512];
        int length = OpeningRequest.Write(
            block, "/chat?a=b"u8, "server.example.com"u8, "dGhlIHNhbXBsZSBub25jZQ=="u8, Encoding.ASCII.GetBytes(subprotocols), Encoding.ASCII.GetBytes(extensions), fields);
        return Encoding.ASCII.GetString(block, 0, length);
    }

    [Fact]
    public void A_request_has_what_RFC_6455_4_1_asks_for_and_our_server_takes_it()
    {
        string request = Written("chat, superchat", "permessage-deflate", new KeyValuePair<byte[], byte[]>("Origin"u8.ToArray(), "http://example.com"u8.ToArray()));
        Assert.Equal(
            "GET /chat?a=b HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: chat, superchat\r\n" +
            "Sec-WebSocket-Extensions: permessage-deflate\r\n" +
            "Origin: http://example.com\r\n\r\n", request);
        Assert.Equal(HttpFault.None, UpgradeRules.Check(Heads.Read(request)));
    }

    [Fact]
    public void Without_subprotocols_and_extensions_there_is_no_field_for_them()
    {
        Assert.DoesNotContain("Protocol", Written(""), StringComparison.Ordinal);
        Assert.DoesNotContain("Extensions", Written(""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_would_break_out_is_the_callers_mistake() =>
        Assert.Throws<ArgumentException>(() => Written("", "", new KeyValuePair<byte[], byte[]>("X"u8.ToArray(), "a\r\nb: c"u8.ToArray())));
}
