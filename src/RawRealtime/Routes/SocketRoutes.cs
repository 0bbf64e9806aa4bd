using RawHttp;
using RawHttp.Wire;
using RawHub;
using RawRealtime.Access;
using RawRealtime.Delivery;
using RawRealtime.Server;
using RawWebSocket;
using RawWebSocket.Deflate;
using RawWebSocket.Handshake;

namespace RawRealtime.Routes;

/// <summary><c>GET /ws</c> and <c>GET /echo</c>. docs/contract.md, WebSocket.</summary>
internal sealed class SocketRoutes(Publisher publisher, OriginRule origins, Grants grants, WsOptions options, Action<WsConnection, WsEnding> whenEnded)
{
    /// <summary>Our subprotocol: JSON messages with cursors.</summary>
    public const string Subprotocol = "rawrealtime.v1";

    static readonly string[] Spoken = [Subprotocol];

    readonly EchoSocket echo = new(whenEnded);
    readonly FrameForms dataFrames = new(Formats.DataFrame, Formats.DeflatedDataFrames, options.Compression ?? DeflateOptions.Default);
    readonly FrameForms messageFrames = new(Formats.MessageFrame, Formats.DeflatedMessageFrames, options.Compression ?? DeflateOptions.Default);

    /// <summary>Subscribes a WebSocket to channels.</summary>
    public void Subscribe(HttpExchange exchange)
    {
        HttpFault fault = WsUpgrade.Check(exchange, origins);
        if (fault != HttpFault.None)
        {
            WsUpgrade.Refuse(exchange, fault);
            return;
        }
        Refusal refusal = Read(exchange.Request, out SubscribeRequest request);
        if (refusal.IsRefused) exchange.Refuse(refusal);
        else if (Subprotocols.Choose(exchange.Request.Head.Fields, Spoken) == 0) SubscribeWithCursors(exchange, request);
        else SubscribeToData(exchange, request);
    }

    /// <summary>Sends every message back.</summary>
    public void Echo(HttpExchange exchange) => echo.Open(exchange, origins, options);

    Refusal Read(HttpRequest asked, out SubscribeRequest request)
    {
        request = null!;
        if (TokenSource.IsOfferedAlone(asked.Head.Fields)) return ServerFault.TokenProtocolAlone; // an open server too, so that what works there works everywhere
        Refusal refusal = grants.Read(asked, out Grant grant);
        return refusal.IsRefused ? refusal : SubscribeRequest.Read(asked, grant, out request);
    }

    void SubscribeToData(HttpExchange exchange, SubscribeRequest request)
    {
        DataSocket socket = new(publisher, request.Channels[0], request.Grant, dataFrames, whenEnded);
        if (request.SubscribeOrRefuse(exchange, publisher.Hub, socket, TransportKind.WebSocket) is not { } subscription) return;
        socket.Subscription = subscription;
        exchange.Response.AddField("RawRealtime-Position"u8, PositionJson.ToUtf8(subscription.Position));
        subscription.ForgetPosition();
        if (!WsUpgrade.Accept(exchange, socket, options)) subscription.Dispose();
    }

    void SubscribeWithCursors(HttpExchange exchange, SubscribeRequest request)
    {
        CursorNews? news = request.Filter is null ? null : new(exchange.Request.Heartbeat);
        CursorSocket socket = new(publisher, request.Grant, messageFrames, news, whenEnded);
        if (request.SubscribeOrRefuse(exchange, publisher.Hub, socket, TransportKind.WebSocket) is not { } subscription) return;
        socket.Subscription = subscription;
        if (!WsUpgrade.Accept(exchange, socket, options, Subprotocol)) subscription.Dispose();
    }
}
