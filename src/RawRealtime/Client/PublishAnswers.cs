using System.Text.Json;

namespace RawRealtime.Client;

/// <summary>What a server answers to a publish, one JSON object for each message.</summary>
/// <param name="Line">The number of the line that it is about; 0 when there are no lines.</param>
/// <param name="Published">The message; null when it was refused.</param>
/// <param name="Code">The rule that was broken, when it was refused.</param>
/// <param name="Detail">What was wrong.</param>
internal readonly record struct PublishAnswers(long Line, PublishedTo? Published, string Code, string Detail)
{
    /// <summary>The end when an answer is none of ours.</summary>
    public static ClientEnd NotOurs => new(ClientExit.Fault, "bad-answer", "The answer is not one of RawRealtime's. Check --server.");

    /// <summary>Reads one.</summary>
    /// <returns>Null when it is none of ours.</returns>
    public static PublishAnswers? Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            JsonElement json = document.RootElement;
            long line = json.TryGetProperty("line"u8, out JsonElement number) ? number.GetInt64() : 0;
            return json.TryGetProperty("code"u8, out JsonElement code)
                ? new(line, null, code.GetString()!, json.GetProperty("detail"u8).GetString()!)
                : new(line, new(json.GetProperty("id"u8).GetString()!, json.GetProperty("channel"u8).GetString()!, json.GetProperty("subscribers"u8).GetInt32()), "", "");
        }
        catch (Exception notOurs) when (notOurs is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }
}
