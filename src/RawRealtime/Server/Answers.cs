using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using RawHttp;

namespace RawRealtime.Server;

/// <summary>The answers that several routes give.</summary>
internal static class Answers
{
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Refuses with the problem of a broken rule.</summary>
    public static void Refuse(this HttpExchange exchange, in Refusal refusal) => exchange.Response.SendProblem(refusal.Status, refusal.Code, refusal.Detail);

    /// <summary>Answers with JSON that is never stored.</summary>
    public static void SendJson(this HttpExchange exchange, int status, Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> content = new(256);
        using (Utf8JsonWriter json = new(content, Plain)) write(json);
        exchange.Response.AddField("Cache-Control"u8, "no-store"u8);
        exchange.Response.Send(status, "application/json"u8, content.WrittenSpan);
    }
}
