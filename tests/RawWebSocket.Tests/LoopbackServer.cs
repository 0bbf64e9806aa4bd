using System.Net;
using System.Threading.Channels;
using RawHttp;
using RawHttp.Wire;
using RawNet;
using RawWebSocket.Handshake;

namespace RawWebSocket.Tests;

/// <summary>A server whose every path is a WebSocket, on an ephemeral port; each connection gets a handler of its own.</summary>
sealed class LoopbackServer : IAsyncDisposable, IHttpHandler
{
    readonly Heartbeat heartbeat = new(TimeProvider.System);
    readonly OriginRule origins = new([], allowsAbsent: true);
    readonly HttpServer server;
    readonly Func<IWsHandler> handlers;
    readonly string[] subprotocols;
    readonly WsOptions options;

    public LoopbackServer(Func<IWsHandler> handlers, WsOptions? options = null, params string[] subprotocols)
    {
        (this.handlers, this.options, this.subprotocols) = (handlers, options ?? WsOptions.Default, subprotocols);
        server = new(new(), this, heartbeat, new());
        server.Start(new IPEndPoint(IPAddress.Loopback, 0));
        Uri = new($"ws://127.0.0.1:{((IPEndPoint)server.LocalEndPoint).Port}/chat?room=1");
    }

    public Uri Uri { get; }

    /// <summary>How the connections ended, in that order.</summary>
    public Channel<(WsEnding Ending, WsConnection Connection)> Endings { get; } = Channel.CreateUnbounded<(WsEnding, WsConnection)>();

    public Task DrainAsync() => server.DrainAsync(TimeSpan.FromSeconds(30));

    public ValueTask HandleAsync(HttpExchange exchange)
    {
        HttpFault fault = WsUpgrade.Check(exchange, origins);
        int chosen = Subprotocols.Choose(exchange.Request.Head.Fields, subprotocols);
        if (fault != HttpFault.None) WsUpgrade.Refuse(exchange, fault);
        else WsUpgrade.Accept(exchange, Reporting.Of(handlers(), Endings), options, chosen < 0 ? null : subprotocols[chosen]);
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DrainAsync(TimeSpan.Zero);
        server.Dispose();
        heartbeat.Dispose();
    }

    class Reporting(IWsHandler inner, Channel<(WsEnding, WsConnection)> endings) : IWsHandler
    {
        public static Reporting Of(IWsHandler inner, Channel<(WsEnding, WsConnection)> endings) =>
            inner is IWsPieceHandler inPieces ? new ReportingInPieces(inPieces, endings) : new Reporting(inner, endings);

        public void OnOpened(WsConnection connection) => inner.OnOpened(connection);

        public ValueTask OnMessageAsync(WsConnection connection, WsMessage message) => inner.OnMessageAsync(connection, message);

        public void OnClosed(WsConnection connection, WsEnding ending)
        {
            inner.OnClosed(connection, ending);
            endings.Writer.TryWrite((ending, connection));
        }
    }

    sealed class ReportingInPieces(IWsPieceHandler inner, Channel<(WsEnding, WsConnection)> endings) : Reporting(inner, endings), IWsPieceHandler
    {
        public ValueTask OnPieceAsync(WsConnection connection, WsPiece piece) => inner.OnPieceAsync(connection, piece);
    }
}
