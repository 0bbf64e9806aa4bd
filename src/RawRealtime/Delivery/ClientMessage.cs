using System.Text.Json;
using RawRealtime.Server;

namespace RawRealtime.Delivery;

/// <summary>What a client says on <c>rawrealtime.v1</c>. docs/contract.md, WebSocket.</summary>
internal enum ClientMessageType : byte
{
    /// <summary>Publish data to a channel.</summary>
    Publish,

    /// <summary>Subscribe to one channel more.</summary>
    Subscribe,

    /// <summary>Give a channel up.</summary>
    Unsubscribe,

    /// <summary>Answer, so that a page, which sees no WebSocket pings, learns that the connection lives.</summary>
    Ping,
}

/// <summary>One message of a client, its members read and their types checked; names and data are judged by whoever uses them.</summary>
/// <param name="Type">What is asked.</param>
/// <param name="Ref">The client's own mark for the answer, as JSON; null for none.</param>
/// <param name="Channel">The channel; empty when none is named.</param>
/// <param name="Data">The data of a publish.</param>
/// <param name="Encoding">How the data is encoded; null for plain text.</param>
/// <param name="Event">The event name; null for none.</param>
/// <param name="Cursor">Where a subscription begins; null for only new messages.</param>
internal sealed record ClientMessage(ClientMessageType Type, string? Ref, string Channel, string Data, string? Encoding, string? Event, string? Cursor)
{
    /// <summary>How long the message of a publish may be delivered; null for as long as it is kept.</summary>
    public TimeToLive? Ttl { get; private init; }

    const int MaxRefLength = 128;

    static readonly JsonDocumentOptions Strict = new() { MaxDepth = 2, AllowDuplicateProperties = false };

    /// <summary>Reads one.</summary>
    /// <param name="utf8">The text message.</param>
    /// <param name="message">What was read; when refused, no more of it than its mark can be relied on.</param>
    /// <returns>None, or why it is refused.</returns>
    public static CursorFault Read(ReadOnlyMemory<byte> utf8, out ClientMessage message)
    {
        message = new(default, null, "", "", null, null, null);
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, Strict);
            return Read(document.RootElement, ref message);
        }
        catch (Exception notOurs) when (notOurs is JsonException or InvalidOperationException)
        {
            return CursorFault.BadMessage; // no JSON, a member of another type, or text that is no Unicode (a lone surrogate)
        }
    }

    static CursorFault Read(JsonElement json, ref ClientMessage message)
    {
        if (!TryReadRef(json, out string? mark)) return CursorFault.BadMessage;
        message = message with { Ref = mark };
        if (!json.TryGetProperty("type"u8, out JsonElement typeName)) return CursorFault.BadMessage;
        if (TypeOf(typeName.GetString()) is not { } type) return CursorFault.UnknownType;
        string? data = Text(json, "data");
        message = new(type, mark, Text(json, "channel") ?? "", data ?? "", Text(json, "encoding"), Text(json, "event"), Text(json, "cursor"));
        if (!TimeToLive.TryRead(json, out TimeToLive? ttl)) return type == ClientMessageType.Publish ? CursorFault.BadTtl : CursorFault.None;
        message = message with { Ttl = ttl };
        return type == ClientMessageType.Publish && data is null ? CursorFault.BadMessage : CursorFault.None;
    }

    static ClientMessageType? TypeOf(string? name) => name switch
    {
        "publish" => ClientMessageType.Publish,
        "subscribe" => ClientMessageType.Subscribe,
        "unsubscribe" => ClientMessageType.Unsubscribe,
        "ping" => ClientMessageType.Ping,
        _ => null,
    };

    static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    static bool TryReadRef(JsonElement json, out string? mark)
    {
        mark = json.TryGetProperty("ref"u8, out JsonElement value) ? value.GetRawText() : null;
        return mark is null || (mark.Length <= MaxRefLength && value.ValueKind is JsonValueKind.String or JsonValueKind.Number);
    }
}
