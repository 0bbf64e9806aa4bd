using System.Text;
using RawHttp.Wire;

namespace RawWebSocket.Tests.Handshake;

/// <summary>Heads as the tables write them: field lines, with the changes of one row.</summary>
static class Heads
{
    /// <summary>RFC 6455 §1.3, its example.</summary>
    static readonly string[] Opening =
    [
        "Host: server.example.com", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
    ];

    /// <summary>The example with lines of the same name replaced, or taken away when the value is empty.</summary>
    public static RequestHead Request(string requestLine = "GET /chat HTTP/1.1", params string[] changes) =>
        Read($"{requestLine}\r\n{Lines(Opening, changes)}\r\n");

    public static RequestHead Read(string text)
    {
        var head = new RequestHead();
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        ReadResult result = new RequestHeadReader(HttpLimits.Default).Read(bytes, head);
        Assert.Equal(ReadResult.Done(bytes.Length), result);
        return head;
    }

    public static ResponseHead Response(string statusLine, params string[] lines)
    {
        var head = new ResponseHead();
        byte[] bytes = Encoding.Latin1.GetBytes($"{statusLine}\r\n{string.Concat(lines.Where(line => !line.EndsWith(':')).Select(line => line + "\r\n"))}\r\n");
        ReadResult result = new ResponseHeadReader(HttpLimits.Default).Read(bytes, head);
        Assert.Equal(ReadResult.Done(bytes.Length), result);
        return head;
    }

    public static string[] Changed(string[] lines, string[] changes)
    {
        IEnumerable<string> kept = lines.Where(line => !changes.Any(change => NameOf(change) == NameOf(line)));
        return [.. kept, .. changes.Where(change => !change.EndsWith(':'))];
    }

    static string Lines(string[] lines, string[] changes) => string.Concat(Changed(lines, changes).Select(line => line + "\r\n"));

    static string NameOf(string line) => line[..line.IndexOf(':', StringComparison.Ordinal)];
}
