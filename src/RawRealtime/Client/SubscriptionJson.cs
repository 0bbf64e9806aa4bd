using System.Text.Json;

namespace RawRealtime.Client;

/// <summary>What a server says to a subscriber is none of what docs/contract.md has.</summary>
internal sealed class NotOursException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>What came with one answer of a poll.</summary>
/// <param name="Position">Where it began.</param>
/// <param name="Messages">The messages, each with its cursor.</param>
/// <param name="Cursor">The cursor for the next poll.</param>
internal sealed record PollTold(PositionTold Position, IReadOnlyList<MessageTold> Messages, string Cursor);

/// <summary>Reads what a server says to a subscriber, on each transport. docs/contract.md. Bytes in, values out.</summary>
internal static class SubscriptionJson
{
    /// <summary>Reads a message of <c>rawrealtime.v1</c>.</summary>
    /// <returns>A <see cref="PositionTold"/>, a <see cref="MessageTold"/> or an <see cref="ErrorTold"/>; null for types that a later server may have.</returns>
    /// <exception cref="NotOursException">It is none.</exception>
    public static object? ReadSocket(ReadOnlyMemory<byte> utf8) => Read(utf8, static object? (json) => json.GetProperty("type"u8).GetString() switch
    {
        "position" => PositionOf(json),
        "message" => MessageOf(json, TextOf(json, "cursor")),
        "error" => new ErrorTold(json.GetProperty("code"u8).GetString()!, json.GetProperty("detail"u8).GetString()!, Text(json, "channel")),
        _ => null,
    });

    /// <summary>Reads an event of a stream with <c>format=json</c>.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="data">Its data.</param>
    /// <param name="lastId">The stream's last id.</param>
    /// <returns>A <see cref="PositionTold"/> or a <see cref="MessageTold"/>.</returns>
    /// <exception cref="NotOursException">It is none.</exception>
    public static object ReadEvent(string name, ReadOnlyMemory<byte> data, string lastId) =>
        Read<object>(data, json => name == "position" ? PositionOf(json) : MessageOf(json, lastId));

    /// <summary>Reads the answer of a poll.</summary>
    /// <exception cref="NotOursException">It is none.</exception>
    public static PollTold ReadPoll(ReadOnlyMemory<byte> utf8) => Read(utf8, static json =>
    {
        string cursor = TextOf(json, "cursor");
        IEnumerable<JsonElement> messages = json.GetProperty("messages"u8).EnumerateArray();
        // Of one channel a message's id is the cursor; of several each message says it.
        return new PollTold(PositionOf(json), [.. messages.Select(message => MessageOf(message, Text(message, "cursor") ?? TextOf(message, "id")))], cursor);
    });

    static T Read<T>(ReadOnlyMemory<byte> utf8, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            return read(document.RootElement);
        }
        catch (Exception notOurs) when (notOurs is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new NotOursException("The server says something that is not RawRealtime's. Check --server.", notOurs);
        }
    }

    static PositionTold PositionOf(JsonElement json) => new(
        TextOf(json, "from"),
        json.GetProperty("recovered"u8).GetBoolean(),
        Text(json, "reason"),
        json.TryGetProperty("lost"u8, out JsonElement lost) ? [.. lost.EnumerateArray().Select(one => new LostOf(TextOf(one, "channel"), TextOf(one, "reason")))] : []);

    static MessageTold MessageOf(JsonElement json, string cursor) => new(
        cursor, TextOf(json, "channel"), TextOf(json, "id"), Text(json, "event"), TextOf(json, "data"), Text(json, "encoding") == "base64", Text(json, "time") ?? "");

    static string TextOf(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new KeyNotFoundException(name);

    static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
