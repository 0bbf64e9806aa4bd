using RawHttp;
using RawHttp.Wire;
using RawWebSocket;
using RawWebSocket.Deflate;
using RawWebSocket.Handshake;

namespace WebSocketServer;

/// <summary>Three ways to serve a WebSocket. The regions stand in docs/websocket-api.md, word for word.</summary>
static class Endpoints
{
    static readonly OriginRule Origins = new([], allowsAbsent: true);
    static readonly WsOptions Options = new() { Compression = DeflateOptions.Default };
    static readonly string[] Spoken = ["chat.v2", "chat.v1"];

    #region accept
    public static void Echo(HttpExchange exchange)
    {
        HttpFault fault = WsUpgrade.Check(exchange, Origins); // this server's own pages, and clients that are no browser
        if (fault != HttpFault.None)
        {
            WsUpgrade.Refuse(exchange, fault);
            return;
        }
        int chosen = Subprotocols.Choose(exchange.Request.Head.Fields, Spoken);
        WsUpgrade.Accept(exchange, new EchoHandler(), Options, chosen < 0 ? null : Spoken[chosen]);
    }

    sealed class EchoHandler : IWsHandler
    {
        public async ValueTask OnMessageAsync(WsConnection connection, WsMessage message) =>
            await connection.SendAsync(message); // waits while the peer takes nothing: then nothing is read either
    }
    #endregion

    #region serve
    public static void Upper(HttpExchange exchange)
    {
        HttpFault fault = WsUpgrade.Check(exchange, Origins);
        if (fault != HttpFault.None) WsUpgrade.Refuse(exchange, fault);
        else WsUpgrade.Accept(exchange, new WsMessageReader(UpperAsync), Options);
    }

    static async Task UpperAsync(WsMessageReader messages)
    {
        await foreach (WsMessage message in messages.ReadAllAsync())
            await messages.Connection.SendTextAsync(message.AsText().ToUpperInvariant());
    }
    #endregion

    #region store
    public static void Store(HttpExchange exchange)
    {
        HttpFault fault = WsUpgrade.Check(exchange, Origins);
        WsOptions large = new() { Limits = new() { MaxMessageBytesInPieces = 1L << 40 } };
        if (fault != HttpFault.None) WsUpgrade.Refuse(exchange, fault);
        else WsUpgrade.Accept(exchange, new WsPieceReader(StoreAsync), large);
    }

    static async Task StoreAsync(WsPieceReader pieces)
    {
        await using FileStream file = File.Create(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));
        await foreach (WsPiece piece in pieces.ReadAllAsync())
        {
            await file.WriteAsync(piece.Payload); // a slow disk holds the peer back
            if (piece.IsLast) await pieces.Connection.SendTextAsync($"{file.Length} bytes stored");
        }
    }
    #endregion
}
