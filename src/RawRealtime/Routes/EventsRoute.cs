using RawHttp;
using RawHub;
using RawRealtime.Delivery;
using RawRealtime.Server;

namespace RawRealtime.Routes;

/// <summary><c>GET /events</c>. docs/contract.md, Server-Sent Events.</summary>
internal sealed class EventsRoute(Hub hub, Func<bool> isDraining)
{
    /// <summary>Subscribes an event stream to channels.</summary>
    public void Subscribe(HttpExchange exchange)
    {
        Refusal refusal = SubscribeRequest.Read(exchange.Request, out SubscribeRequest request);
        if (refusal.IsRefused)
        {
            exchange.Refuse(refusal);
            return;
        }
        exchange.Response.AddField("Cache-Control"u8, "no-store"u8);
        exchange.Response.AddField("X-Accel-Buffering"u8, "no"u8); // nginx would gather the stream otherwise
        BodyStream body = exchange.Response.StartStream(200, "text/event-stream; charset=utf-8"u8);
        EventStream stream = new(body, request.IsOfSeveral || request.Query.First("format") == "json"); // with several channels the data must say which one spoke
        // To HEAD go the fields of a GET and no stream; a draining or full server sends the browser away to come back later.
        if (body.HasContent && !isDraining()) stream.Subscription = request.Subscribe(hub, stream, SubscriberInfos.Of(exchange, TransportKind.Events));
        if (stream.Subscription is null) stream.SendAway();
        else stream.Start(exchange);
    }
}
