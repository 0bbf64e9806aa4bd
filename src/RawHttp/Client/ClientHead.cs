using System.Text;
using RawHttp.Wire;

namespace RawHttp.Client;

/// <summary>Writes the head of a client's request, and is the only place where what the caller asks for becomes one. RFC 9112 §3 to §6.</summary>
static class ClientHead
{
    // Lines of our own, without what they take from the request: Host, Content-Length, Connection, Upgrade and Expect.
    const int OwnBytes = 256;

    /// <summary>The fields that the client writes itself: two writers of one of them would be two opinions on where a message ends.</summary>
    static readonly HashSet<string> OwnNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Transfer-Encoding", "Expect", "Upgrade", "TE", "Trailer", "Keep-Alive", "Proxy-Connection",
    };

    /// <summary>Writes the head.</summary>
    /// <exception cref="ArgumentException">Something of the request can't be sent, or not together.</exception>
    internal static byte[] Write(HttpClientRequest request, HttpOrigin origin)
    {
        Check(request);
        byte[] method = Encoding.UTF8.GetBytes(request.Method), target = Encoding.UTF8.GetBytes(request.Target);
        byte[] host = Encoding.ASCII.GetBytes(origin.Authority), upgrade = Encoding.UTF8.GetBytes(request.Upgrade ?? "");
        byte[] block = new byte[OwnBytes + method.Length + target.Length + host.Length + upgrade.Length + BytesOf(request.Fields)];
        var writer = new RequestHeadWriter(block);
        writer.RequestLine(method, target);
        writer.Field("Host"u8, host); // RFC 9110 §7.2: it ought to be the first
        WriteConnection(ref writer, request, upgrade);
        WriteFraming(ref writer, request);
        foreach ((string name, string value) in request.Fields) writer.Field(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
        writer.End();
        return block[..writer.Length];
    }

    static void Check(HttpClientRequest request)
    {
        // RFC 9112 §3.2.1 and §3.2.4: the other two forms are for proxies and tunnels.
        if (!request.Target.StartsWith('/') && request.Target != "*") throw Refusal("A request to an origin names a path, or * with OPTIONS (RFC 9112 §3.2.1).");
        if (request.Method == "CONNECT") throw Refusal("CONNECT asks a proxy for a tunnel: see HttpProxy (RFC 9110 §9.3.6).");
        if (request is { Content: not null, ContentSource: not null }) throw Refusal("A request has one content: Content or ContentSource.");
        if (request.HasContent && request.Method == "TRACE") throw Refusal("TRACE has no content (RFC 9110 §9.3.8).");
        if (request.HasContent && request.Upgrade is not null) throw Refusal("A request for another protocol has no content here.");
        if (request.ExpectsContinue && !request.HasContent) throw Refusal("Without content there is nothing to continue with (RFC 9110 §10.1.1).");
        foreach ((string name, _) in request.Fields)
            if (OwnNames.Contains(name)) throw Refusal($"{name} is written by the client itself.");
    }

    static ArgumentException Refusal(string why) => new(why);

    // RFC 9112 §9.6, RFC 9110 §7.8
    static void WriteConnection(ref RequestHeadWriter writer, HttpClientRequest request, ReadOnlySpan<byte> upgrade)
    {
        if (request.Upgrade is not null) writer.Field("Upgrade"u8, upgrade);
        if (request.Upgrade is not null) writer.Field("Connection"u8, request.IsLast ? "close, Upgrade"u8 : "Upgrade"u8);
        else if (request.IsLast) writer.Field("Connection"u8, "close"u8);
    }

    // RFC 9112 §6.2 and §6.1. RFC 9110 §8.6: no content is said, too, where the method would lead one to expect some.
    static void WriteFraming(ref RequestHeadWriter writer, HttpClientRequest request)
    {
        if (request.ContentSource is not null) writer.Field("Transfer-Encoding"u8, "chunked"u8);
        else if (request.Content is { } content) writer.Field("Content-Length"u8, content.Length);
        else if (request.Method is "POST" or "PUT" or "PATCH") writer.Field("Content-Length"u8, 0);
        if (request.ExpectsContinue) writer.Field("Expect"u8, "100-continue"u8);
    }

    static int BytesOf(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        int bytes = 0;
        foreach ((string name, string value) in fields) bytes += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value) + 4;
        return bytes;
    }
}
