using RawHttp;
using RawHttp.Wire;
using RawHub;
using RawRealtime.Delivery;
using RawRealtime.Server;
using RawWebSocket;
using RawWebSocket.Handshake;

namespace RawRealtime.Routes;

/// <summary><c>GET /ws</c> and <c>GET /echo</c>. docs/contract.md, WebSocket.</summary>
internal sealed class SocketRoutes(Publisher publisher, OriginRule origins, WsOptions options, Action<WsConnection, WsEnding> whenEnded)
{
    /// <summary>Our subprotocol: JSON messages with cursors.</summary>
    public const string Subprotocol = "rawrealtime.v1";

    static readonly string[] Spoken = [Subprotocol];

    /// <summary>Subscribes a WebSocket to channels.</summary>
    public void Subscribe(HttpExchange exchange)
    {
        if (RefusesOpening(exchange)) return;
        Refusal refusal = SubscribeRequest.Read(exchange.Request, out SubscribeRequest request);
        if (refusal.IsRefused) exchange.Refuse(refusal);
        else if (Subprotocols.Choose(exchange.Request.Head.Fields, Spoken) == 0) SubscribeWithCursors(exchange, request);
        else SubscribeToData(exchange, request);
    }

    /// <summary>Sends every message back.</summary>
    public void Echo(HttpExchange exchange)
    {
        if (!RefusesOpening(exchange)) Open(exchange, EchoSocket.Instance, null);
    }

    void SubscribeToData(HttpExchange exchange, SubscribeRequest request)
    {
        DataSocket socket = new(publisher, request.Channels);
        if (publisher.Hub.Subscribe(request.Channels, request.Start.Text, socket, TransportKind.WebSocket) is not { } subscription)
        {
            exchange.Refuse(ServerFault.HubFull);
            return;
        }
        socket.Subscription = subscription;
        exchange.Response.AddField("RawRealtime-Position"u8, PositionJson.ToUtf8(subscription.Position));
        if (!Open(exchange, socket, null)) subscription.Dispose();
    }

    void SubscribeWithCursors(HttpExchange exchange, SubscribeRequest request)
    {
        CursorSocket socket = new(publisher);
        if (publisher.Hub.Subscribe(request.Channels, request.Start.Text, socket, TransportKind.WebSocket) is not { } subscription)
        {
            exchange.Refuse(ServerFault.HubFull);
            return;
        }
        socket.Subscription = subscription;
        if (!Open(exchange, socket, Subprotocol)) subscription.Dispose();
    }

    // RFC 6455 §4.2.2: 426 names the version, and RFC 9110 §15.5.22 the protocol to upgrade to.
    bool RefusesOpening(HttpExchange exchange)
    {
        RequestHead head = exchange.Request.Head;
        HttpFault fault = UpgradeRules.Check(head);
        if (fault == HttpFault.None) fault = origins.Check(head, exchange.Request.IsSecure);
        if (fault == HttpFault.None) return false;
        if (fault == HttpFault.UpgradeRequired) exchange.Response.AddField("Upgrade"u8, "websocket"u8);
        if (fault == HttpFault.UnsupportedWebSocketVersion) exchange.Response.AddField("Sec-WebSocket-Version"u8, UpgradeRules.Version);
        exchange.Response.SendProblem(fault);
        return true;
    }

    bool Open(HttpExchange exchange, IWsHandler handler, string? subprotocol)
    {
        Span<byte> accept = stackalloc byte[AcceptKey.AcceptBytes];
        exchange.Request.Head.Fields.TryGet("sec-websocket-key"u8, out ReadOnlySpan<byte> key);
        AcceptKey.Write(key, accept);
        exchange.Response.AddField("Sec-WebSocket-Accept"u8, accept);
        if (subprotocol is not null) exchange.Response.AddField("Sec-WebSocket-Protocol"u8, "rawrealtime.v1"u8);
        return exchange.Response.Upgrade("websocket"u8, new SocketSession(handler, options, subprotocol, whenEnded));
    }
}
