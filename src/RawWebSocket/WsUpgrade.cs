using RawHttp;
using RawHttp.Wire;
using RawWebSocket.Deflate;
using RawWebSocket.Handshake;
using RawWebSocket.Wire;

namespace RawWebSocket;

/// <summary>From a request to a WebSocket, server role. RFC 6455 §4.2: check, then refuse or accept.</summary>
public sealed class WsUpgrade : IUpgradedHandler
{
    const int IsMade = 1, IsDraining = 2;

    readonly IWsHandler handler;
    readonly WsOptions options;
    readonly string? subprotocol;
    readonly DeflateParameters? compression;
    WsConnection? connection;
    int happened; // whoever comes second tells the handler

    WsUpgrade(IWsHandler handler, WsOptions options, string? subprotocol, DeflateParameters? compression) =>
        (this.handler, this.options, this.subprotocol, this.compression) = (handler, options, subprotocol, compression);

    /// <summary>Judges a request.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="origins">Which pages may connect.</param>
    /// <returns>None when it may be accepted, else what to refuse it for.</returns>
    public static HttpFault Check(HttpExchange exchange, OriginRule origins)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        ArgumentNullException.ThrowIfNull(origins);
        HttpFault fault = UpgradeRules.Check(exchange.Request.Head);
        return fault != HttpFault.None ? fault : origins.Check(exchange.Request.Head, exchange.Request.IsSecure);
    }

    /// <summary>Answers with the refusal, and with what RFC 9110 §15.5.22 and RFC 6455 §4.4 want beside a 426.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="fault">From <see cref="Check"/>.</param>
    public static void Refuse(HttpExchange exchange, HttpFault fault)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        if (HttpFaults.StatusOf(fault) == 426)
        {
            exchange.Response.AddField("Upgrade"u8, "websocket"u8);
            exchange.Response.AddField("Sec-WebSocket-Version"u8, UpgradeRules.Version);
        }
        exchange.Response.SendProblem(fault);
    }

    /// <summary>Answers with 101 and hands the connection over. RFC 6455 §4.2.2 item 5.</summary>
    /// <param name="exchange">A request that <see cref="Check"/> let stand. Fields added to its response before travel along.</param>
    /// <param name="handler">Who gets the messages of this connection.</param>
    /// <param name="options">Limits, times, and the compression that is agreed to when it is offered.</param>
    /// <param name="subprotocol">One the client offered, see <see cref="Subprotocols.Choose"/>; null for none.</param>
    /// <returns>False when the peer has left: the handler is not called then.</returns>
    /// <exception cref="ArgumentException">The request was not checked.</exception>
    public static bool Accept(HttpExchange exchange, IWsHandler handler, WsOptions options, string? subprotocol = null)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(options);
        if (!exchange.Request.Head.Fields.TryGet("sec-websocket-key"u8, out ReadOnlySpan<byte> key) || !AcceptKey.IsKey(key))
            throw new ArgumentException("The request was not checked.", nameof(exchange));
        Span<byte> accept = stackalloc byte[AcceptKey.AcceptBytes];
        AcceptKey.Write(key, accept);
        exchange.Response.AddField("Sec-WebSocket-Accept"u8, accept);
        DeflateParameters? compression = DeflateNegotiation.Choose(exchange.Request.Head.Fields, options.Compression, out byte[] extension);
        if (compression is not null) exchange.Response.AddField("Sec-WebSocket-Extensions"u8, extension);
        if (subprotocol is not null) exchange.Response.AddField("Sec-WebSocket-Protocol"u8, System.Text.Encoding.ASCII.GetBytes(subprotocol));
        return exchange.Response.Upgrade("websocket"u8, new WsUpgrade(handler, options, subprotocol, compression));
    }

    /// <inheritdoc/>
    Task IUpgradedHandler.RunAsync(UpgradedChannel channel)
    {
        connection = new(channel.Connection, WsRole.Server, handler, options, subprotocol, compression);
        if (Interlocked.Or(ref happened, IsMade) == IsDraining) handler.OnDraining(connection);
        return connection.RunAsync().AsTask();
    }

    /// <inheritdoc/>
    void IUpgradedHandler.OnDraining()
    {
        if (Interlocked.Or(ref happened, IsDraining) == IsMade) handler.OnDraining(connection!);
    }
}
