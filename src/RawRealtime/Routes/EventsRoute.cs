using RawHttp;
using RawHub;
using RawRealtime.Access;
using RawRealtime.Delivery;
using RawRealtime.Server;

namespace RawRealtime.Routes;

/// <summary><c>GET /events</c>. docs/contract.md, Server-Sent Events.</summary>
internal sealed class EventsRoute(Hub hub, Grants grants, Func<bool> isDraining)
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
        BodyStream body = exchange.Response.StartStream(200, "text/event-stream; charset=utf-8"u8);
        EventStream stream = new(body, request.Channels.Length, request.Query.First("format") == "json", grant.Expiry);
        // To HEAD go the fields of a GET and no stream; a draining or full server sends the browser away to come back later.
        if (body.HasContent && !isDraining()) stream.Subscription = hub.Subscribe(request.Channels, request.Start.Text, stream, TransportKind.Events);
        if (stream.Subscription is null) stream.SendAway();
        else stream.Start(exchange);
    }
}
