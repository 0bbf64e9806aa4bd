using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RawHttp;

namespace RawRealtime.Server;

/// <summary>The answers that several routes give.</summary>
internal static class Answers
{
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Refuses with the problem of a broken rule.</summary>
    public static void Refuse(this HttpExchange exchange, in Refusal refusal)
    {
        if (refusal.Challenge is { } error) exchange.Response.AddField("WWW-Authenticate"u8, ChallengeOf(error));
        exchange.Response.SendProblem(refusal.Status, refusal.Code, refusal.Detail);
    }

    // RFC 6750 §3: who brought no token is told no error, and there is always a parameter.
    static byte[] ChallengeOf(string error) =>
        Encoding.ASCII.GetBytes("Bearer realm=\"rawrealtime\"" + (error.Length == 0 ? "" : $", error=\"{error}\""));

    /// <summary>Answers with JSON that is never stored.</summary>
    public static void SendJson(this HttpExchange exchange, int status, Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> content = new(256);
        using (Utf8JsonWriter json = new(content, Plain)) write(json);
        exchange.Response.AddField("Cache-Control"u8, "no-store"u8);
        exchange.Response.Send(status, "application/json"u8, content.WrittenSpan);
    }
}
