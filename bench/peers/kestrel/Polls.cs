using System.Globalization;
using System.Text.Json;

namespace Peers.Kestrel;

/// <summary>Held polls: what is there after a cursor, as JSON; else a wait of at most 25 s.</summary>
internal static class Polls
{
    const int Most = 100;
    static readonly TimeSpan Held = TimeSpan.FromSeconds(25);

    public static async Task AnswerAsync(HttpContext context, Topic topic)
    {
        long after = CursorOf(context) ?? topic.Last;
        List<Message> found = [];
        if (topic.After(after, found) is { } news)
        {
            try
            {
                await news.WaitAsync(Held, context.RequestAborted);
            }
            catch (Exception over) when (over is TimeoutException or OperationCanceledException)
            {
                // Nothing came, or the client left: an answer without messages, or to nobody.
            }
            _ = topic.After(after, found);
        }
        await WriteAsync(context, found, after);
    }

    static async Task WriteAsync(HttpContext context, List<Message> found, long after)
    {
        int count = Math.Min(found.Count, Most);
        string cursor = string.Create(CultureInfo.InvariantCulture, $"k-{(count > 0 ? found[count - 1].Number : after)}");
        context.Response.Headers.ETag = $"\"{cursor}\"";
        context.Response.Headers.CacheControl = "no-store";
        if (count == 0)
        {
            context.Response.StatusCode = 204;
            return;
        }
        context.Response.ContentType = "application/json";
        await using Utf8JsonWriter json = new(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("from"u8, string.Create(CultureInfo.InvariantCulture, $"k-{after}"));
        json.WriteBoolean("recovered"u8, true);
        json.WriteStartArray("messages"u8);
        for (int i = 0; i < count; i++) Write(json, found[i]);
        json.WriteEndArray();
        json.WriteString("cursor"u8, cursor);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, Message message)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, string.Create(CultureInfo.InvariantCulture, $"k-{message.Number}"));
        json.WriteString("data"u8, message.Data);
        json.WriteEndObject();
    }

    static long? CursorOf(HttpContext context)
    {
        string given = context.Request.Query["cursor"].ToString();
        if (given.Length == 0) given = context.Request.Headers.IfNoneMatch.ToString().Trim('"');
        return given.StartsWith("k-", StringComparison.Ordinal) && long.TryParse(given.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
    }
}
