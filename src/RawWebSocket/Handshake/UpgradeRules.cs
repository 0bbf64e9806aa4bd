using RawHttp.Wire;

namespace RawWebSocket.Handshake;

/// <summary>Whether a request opens a WebSocket. RFC 6455 §4.2.1, its list, item by item.</summary>
public static class UpgradeRules
{
    /// <summary>The version we speak; an answer of 426 names it in <c>Sec-WebSocket-Version</c>. RFC 6455 §4.4.</summary>
    public static ReadOnlySpan<byte> Version => "13"u8;

    /// <summary>Names the first rule the request breaks.</summary>
    /// <param name="head">A request head that HTTP let stand.</param>
    /// <returns>None when it may be answered with 101, unless <see cref="OriginRule"/> objects.</returns>
    public static HttpFault Check(RequestHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        FieldLines fields = head.Fields;

        // 1. An HTTP/1.1 or higher GET request. §4.1: without content. HEAD waits: without an upgrade it is answered as GET (RFC 9110 §9.3.2).
        bool isHead = head.Method == HttpMethod.Head;
        if (head.Method != HttpMethod.Get && !isHead || head.Version != HttpVersion.Http11) return HttpFault.UpgradeNeedsGet;
        if (head.Framing.HasContent) return HttpFault.UpgradeWithBody;

        // 2. A Host field: judged with the head, see HostRule.
        // 3. An Upgrade field that contains "websocket"; 4. a Connection field that contains "Upgrade"; both without case.
        if (!fields.ListContains("upgrade"u8, "websocket"u8)) return HttpFault.UpgradeRequired;
        if (!fields.ListContains("connection"u8, "upgrade"u8)) return HttpFault.UpgradeRequired;
        if (isHead) return HttpFault.UpgradeNeedsGet;

        // 5. A Sec-WebSocket-Key field: base64 that decodes to 16 bytes. §11.3.1: it stands once.
        if (!fields.TryGet("sec-websocket-key"u8, out ReadOnlySpan<byte> key) || !AcceptKey.IsKey(key)) return HttpFault.BadWebSocketKey;

        // 6. A Sec-WebSocket-Version field with the value 13.
        if (!fields.TryGet("sec-websocket-version"u8, out ReadOnlySpan<byte> version)) return HttpFault.UnsupportedWebSocketVersion;
        if (!version.SequenceEqual(Version)) return HttpFault.UnsupportedWebSocketVersion;

        // 7. Perhaps an Origin field: the resource's choice, see OriginRule.
        // 8. Perhaps a Sec-WebSocket-Protocol field.
        HttpFault fault = Subprotocols.Check(fields);
        if (fault != HttpFault.None) return fault;

        // 9. Perhaps a Sec-WebSocket-Extensions field. 10. Other fields are ignored.
        return ExtensionOffers.Check(fields);
    }
}
