using System.Text;
using System.Text.Json;
using RawHub;
using RawRealtime.Server;

namespace RawRealtime.Delivery;

/// <summary>One line of a bulk publish, read and judged. docs/contract.md, Publishing in bulk.</summary>
/// <param name="Publication">What is known of the message besides its data.</param>
/// <param name="Data">The data, decoded.</param>
internal readonly record struct BulkLine(Publication Publication, byte[] Data)
{
    static readonly JsonDocumentOptions Strict = new() { MaxDepth = 2, AllowDuplicateProperties = false };

    /// <summary>Reads one.</summary>
    /// <param name="utf8">The line without its end.</param>
    /// <param name="defaults">What the query said: holds where the line says nothing.</param>
    /// <param name="line">What was read.</param>
    /// <returns>None, or why the line is refused.</returns>
    public static ServerFault Read(ReadOnlyMemory<byte> utf8, in Publication defaults, out BulkLine line)
    {
        line = default;
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, Strict);
            return Read(document.RootElement, defaults, out line);
        }
        catch (Exception notOurs) when (notOurs is JsonException or InvalidOperationException)
        {
            return ServerFault.BadLine; // no JSON, a member of another type, or text that is no Unicode (a lone surrogate)
        }
    }

    static ServerFault Read(JsonElement json, in Publication defaults, out BulkLine line)
    {
        line = default;
        ChannelName channel = defaults.Channel;
        if (Text(json, "channel") is { } name && !ChannelName.TryParse(name, out channel)) return ServerFault.BadChannel;
        if (ChannelList.IsReserved(channel)) return ServerFault.ReservedChannel;
        string? eventName = Text(json, "event");
        if (eventName is not null && !EventName.IsValid(eventName)) return ServerFault.BadEvent;
        string? key = Text(json, "key");
        if (key is not null && !IdempotencyKeys.IsValid(Encoding.UTF8.GetBytes(key))) return ServerFault.BadIdempotencyKey;
        if (!TimeToLive.TryRead(json, out TimeToLive? ttl)) return ServerFault.BadTtl;
        ServerFault fault = ReadData(json, out byte[] data, out bool isText);
        line = new(new(channel, isText, eventName ?? defaults.Event, TtlMs: ttl?.Milliseconds ?? defaults.TtlMs, Key: key), data);
        return fault;
    }

    static ServerFault ReadData(JsonElement json, out byte[] data, out bool isText)
    {
        string? encoding = Text(json, "encoding");
        (data, isText) = ([], encoding is null);
        if (Text(json, "data") is not { } text) return ServerFault.BadLine;
        data = Encoding.UTF8.GetBytes(text);
        if (!isText && (encoding != "base64" || !Base64Data.TryDecode(ref data))) return ServerFault.BadEncoding;
        return data.Length <= Publisher.MaxDataBytes ? ServerFault.None : ServerFault.DataTooLarge;
    }

    static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
