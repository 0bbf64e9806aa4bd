using RawHttp;
using RawWebSocket;
using RawWebSocket.Wire;

namespace RawRealtime.Delivery;

/// <summary>Runs a WebSocket on a connection that HTTP handed over.</summary>
/// <param name="handler">Who gets the messages.</param>
/// <param name="options">Limits and times.</param>
/// <param name="subprotocol">What was agreed on; null for none.</param>
/// <param name="whenEnded">Told how it ended.</param>
internal sealed class SocketSession(IWsHandler handler, WsOptions options, string? subprotocol, Action<WsConnection, WsEnding> whenEnded) : IUpgradedHandler
{
    readonly Lock gate = new();
    WsConnection? connection;
    bool draining;

    /// <inheritdoc/>
    public async Task RunAsync(UpgradedChannel channel)
    {
        WsConnection opened = new(channel.Connection, WsRole.Server, handler, options, subprotocol);
        bool leavesAtOnce;
        lock (gate) (connection, leavesAtOnce) = (opened, draining);
        if (leavesAtOnce) handler.OnDraining(opened);
        whenEnded(opened, await opened.RunAsync().ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public void OnDraining()
    {
        WsConnection? open;
        lock (gate) (draining, open) = (true, connection);
        if (open is not null) handler.OnDraining(open);
    }
}
