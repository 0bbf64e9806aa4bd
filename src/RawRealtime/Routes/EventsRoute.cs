using RawHttp;
using RawHttp.Wire;
using RawHub;
using RawRealtime.Access;
using RawRealtime.Delivery;
using RawRealtime.Server;

namespace RawRealtime.Routes;

/// <summary><c>GET /events</c>. docs/contract.md, Server-Sent Events.</summary>
internal sealed class EventsRoute(Hub hub, Grants grants, EventStreamOptions options, Func<bool> isDraining)
{
    /// <summary>Subscribes an event stream to channels.</summary>
    public void Subscribe(HttpExchange exchange)
    {
        Refusal refusal = grants.Read(exchange.Request, out Grant grant);
        SubscribeRequest request = null!;
        if (!refusal.IsRefused) refusal = SubscribeRequest.Read(exchange.Request, grant, out request);
        if (refusal.IsRefused)
        {
            exchange.Refuse(refusal);
            return;
        }
        exchange.Response.AddField("Cache-Control"u8, "no-store"u8);
        exchange.Response.AddField("X-Accel-Buffering"u8, "no"u8); // nginx would gather the stream otherwise
        bool isGzip = Negotiate(exchange);
        EventBody body = new(exchange.Response.StartStream(200, "text/event-stream; charset=utf-8"u8), isGzip);
        EventStream stream = new(body, request.IsOfSeveral || AsksForJson(exchange), grant.Expiry); // with several channels the data must say which one spoke
        // To HEAD go the fields of a GET and no stream; a draining or full server sends the browser away to come back later.
        if (body.HasContent && !isDraining()) stream.Subscription = request.Subscribe(exchange, hub, stream, TransportKind.Events);
        if (stream.Subscription is null) stream.SendAway();
        else Start(stream, exchange);
    }

    static bool AsksForJson(HttpExchange exchange) => Query.OfJudged(exchange.Request.Head.Query).First("format"u8) == "json";

    // RFC 9110 §12.5.5: a cache has to know what the coding hung on.
    bool Negotiate(HttpExchange exchange)
    {
        if (!options.Compresses) return false;
        exchange.Response.AddField("Vary"u8, "Accept-Encoding"u8);
        bool isGzip = AcceptEncoding.Read(exchange.Request.Head.Fields).Choose(hasGzip: true, hasBrotli: false) == ContentCoding.Gzip;
        if (isGzip) exchange.Response.AddField("Content-Encoding"u8, "gzip"u8);
        return isGzip;
    }

    void Start(EventStream stream, HttpExchange exchange)
    {
        // Spread, so that streams that began together do not end together.
        if (options.MaxAge is { } age) stream.EndsAtMilliseconds = exchange.Request.Heartbeat.NowMilliseconds + (long)(age.TotalMilliseconds * (0.8 + 0.2 * Random.Shared.NextDouble()));
        stream.Start(exchange);
    }
}
