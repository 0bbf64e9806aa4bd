using RawHttp;
using RawHub;

namespace RawRealtime.Server;

/// <summary>Who asks to subscribe.</summary>
internal static class SubscriberInfos
{
    /// <summary>As the request tells.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="transport">How it is to be reached.</param>
    /// <param name="subject">Whom its token names; null without one.</param>
    public static SubscriberInfo Of(HttpExchange exchange, TransportKind transport, string? subject = null) => new(
        transport,
        exchange.Request.RemoteEndPoint,
        subject,
        exchange.Request.Heartbeat.Time.GetUtcNow().ToUnixTimeMilliseconds());
}
