using RawHttp.Wire;

namespace RawWebSocket.Handshake;

/// <summary>The client's opening request. RFC 6455 §4.1, its second list, item by item.</summary>
public static class OpeningRequest
{
    /// <summary>Writes a request.</summary>
    /// <param name="into">Room for the head.</param>
    /// <param name="target">Path and query, beginning with a slash.</param>
    /// <param name="host">The host, with its port unless it is the scheme's own.</param>
    /// <param name="key">From <see cref="AcceptKey.WriteNewKey"/>, new for each connection.</param>
    /// <param name="subprotocols">A comma-separated list, the dearest first; empty for none.</param>
    /// <param name="extensions">What <see cref="DeflateNegotiation.Offer"/> says; empty for none.</param>
    /// <param name="fields">Further fields, such as Origin or Authorization, in pairs of name and value.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">A value can't stand in a head, or there is no room.</exception>
    public static int Write(
        Span<byte> into, ReadOnlySpan<byte> target, ReadOnlySpan<byte> host, ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> subprotocols, ReadOnlySpan<byte> extensions, ReadOnlySpan<KeyValuePair<byte[], byte[]>> fields)
    {
        var writer = new RequestHeadWriter(into);
        writer.RequestLine("GET"u8, target);                              // 1. to 3.
        writer.Field("Host"u8, host);                                     // 4.
        writer.Field("Upgrade"u8, "websocket"u8);                         // 5.
        writer.Field("Connection"u8, "Upgrade"u8);                        // 6.
        writer.Field("Sec-WebSocket-Key"u8, key);                         // 7.
        writer.Field("Sec-WebSocket-Version"u8, UpgradeRules.Version);    // 9.
        if (!subprotocols.IsEmpty) writer.Field("Sec-WebSocket-Protocol"u8, subprotocols); // 10.
        if (!extensions.IsEmpty) writer.Field("Sec-WebSocket-Extensions"u8, extensions);   // 11.
        foreach ((byte[] name, byte[] value) in fields) writer.Field(name, value);         // 8. Origin and 12., what the caller wants
        writer.End();
        return writer.Length;
    }
}
