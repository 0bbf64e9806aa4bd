using RawHttp;
using RawHttp.Wire;
using RawWebSocket.Handshake;

namespace RawRealtime.Server;

/// <summary>
/// Lets pages of allowed origins read our answers (WHATWG Fetch §3.2). Without <c>--allow-origin</c> no field of it is ever sent.
/// It stops a foreign page only from reading; what such a page may do is for <see cref="OriginRule"/>.
/// </summary>
internal sealed class Cors(IReadOnlyList<string> allowedOrigins)
{
    readonly bool isSilent = allowedOrigins.Count == 0;
    readonly OriginRule allowed = new(allowedOrigins, allowsAbsent: false);

    // Cookies go along for origins that were named, and for nobody because everybody may come. Fetch §3.2.5.
    readonly OriginRule named = new(allowedOrigins.Where(origin => origin != "*"), allowsAbsent: false);

    /// <summary>Whether a browser asks beforehand what it may do. Fetch §3.2.2.</summary>
    public static bool IsPreflight(RequestHead head) =>
        head.Method == HttpMethod.Options && head.Fields.Contains("origin"u8) && head.Fields.Contains("access-control-request-method"u8);

    /// <summary>Adds to any answer what an allowed page needs to read it.</summary>
    public void AddFields(HttpExchange exchange)
    {
        if (isSilent) return;
        exchange.Response.AddField("Vary"u8, "Origin"u8);
        if (!exchange.Request.Head.Fields.TryGet("origin"u8, out ReadOnlySpan<byte> origin)) return;
        if (allowed.Check(exchange.Request.Head, exchange.Request.IsSecure) != HttpFault.None) return;
        exchange.Response.AddField("Access-Control-Allow-Origin"u8, origin);
        if (named.Check(exchange.Request.Head, exchange.Request.IsSecure) == HttpFault.None) exchange.Response.AddField("Access-Control-Allow-Credentials"u8, "true"u8);
        exchange.Response.AddField("Access-Control-Expose-Headers"u8, "ETag, Retry-After, RawRealtime-Position, WWW-Authenticate"u8);
    }

    /// <summary>Answers a preflight; what was not allowed is not named, and the browser stops there.</summary>
    public void AnswerPreflight(HttpExchange exchange)
    {
        if (!isSilent)
        {
            exchange.Response.AddField("Access-Control-Allow-Methods"u8, "GET, POST, DELETE"u8);
            exchange.Response.AddField("Access-Control-Allow-Headers"u8, "Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, Prefer"u8);
            exchange.Response.AddField("Access-Control-Max-Age"u8, "600"u8);
        }
        exchange.Response.SendEmpty(204);
    }
}
