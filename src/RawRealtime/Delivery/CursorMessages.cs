using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using RawHub;

namespace RawRealtime.Delivery;

/// <summary>What the server says on <c>rawrealtime.v1</c>, besides messages: positions, acks and errors, as JSON.</summary>
internal static class CursorMessages
{
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where delivery begins; <paramref name="channel"/> when it is about one.</summary>
    public static ReadOnlyMemory<byte> Position(Position position, string? channel, string? mark) => Write("position", mark, json =>
    {
        if (channel is not null) json.WriteString("channel"u8, channel);
        using JsonDocument members = JsonDocument.Parse(PositionJson.ToUtf8(position));
        foreach (JsonProperty member in members.RootElement.EnumerateObject()) member.WriteTo(json);
    });

    /// <summary>A publish was done.</summary>
    public static ReadOnlyMemory<byte> Ack(string? mark, string channel, in PublishResult published)
    {
        (string id, int subscribers) = (published.Id.ToString(), published.Subscribers);
        return Write("ack", mark, json =>
        {
            json.WriteString("id"u8, id);
            json.WriteString("channel"u8, channel);
            json.WriteNumber("subscribers"u8, subscribers);
        });
    }

    /// <summary>A channel was given up.</summary>
    public static ReadOnlyMemory<byte> Ack(string? mark, string channel) => Write("ack", mark, json => json.WriteString("channel"u8, channel));

    /// <summary>The connection lives.</summary>
    public static ReadOnlyMemory<byte> Pong(string? mark) => Write("pong", mark, static _ => { });

    /// <summary>A message was refused, or a channel was lost.</summary>
    public static ReadOnlyMemory<byte> Error(CursorFault fault, string? mark, string? channel = null) => Write("error", mark, json =>
    {
        json.WriteString("code"u8, CursorFaults.CodeOf(fault));
        json.WriteString("detail"u8, CursorFaults.DetailOf(fault));
        if (channel is not null) json.WriteString("channel"u8, channel);
    });

    static ReadOnlyMemory<byte> Write(string type, string? mark, Action<Utf8JsonWriter> members)
    {
        ArrayBufferWriter<byte> text = new(256);
        using (Utf8JsonWriter json = new(text, Plain))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, type);
            if (mark is not null)
            {
                json.WritePropertyName("ref"u8);
                json.WriteRawValue(mark);
            }
            members(json);
            json.WriteEndObject();
        }
        return text.WrittenMemory;
    }
}
