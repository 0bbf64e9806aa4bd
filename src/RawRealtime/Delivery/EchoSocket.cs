using RawHttp;
using RawHttp.Wire;
using RawWebSocket;
using RawWebSocket.Handshake;

namespace RawRealtime.Delivery;

/// <summary><c>/echo</c>: sends every message back. Without state, so one serves all connections.</summary>
/// <param name="whenEnded">Told how each connection ended.</param>
internal sealed class EchoSocket(Action<WsConnection, WsEnding> whenEnded) : IWsHandler
{
    // Compressing so much takes a millisecond: other sockets of the thread would wait.
    const int LongWorkBytes = 32 << 10;

    /// <summary>Answers an opening: accepts or refuses it.</summary>
    public void Open(HttpExchange exchange, OriginRule origins, WsOptions options)
    {
        HttpFault fault = WsUpgrade.Check(exchange, origins);
        if (fault == HttpFault.None) WsUpgrade.Accept(exchange, this, options);
        else WsUpgrade.Refuse(exchange, fault);
    }

    /// <inheritdoc/>
    public ValueTask OnMessageAsync(WsConnection connection, WsMessage message)
    {
        if (connection.Compression is not null && message.Payload.Length > LongWorkBytes) return SendFromPool(connection, message);
        // Not reading on until the peer has taken what it is owed is what holds it back.
        ValueTask<bool> sending = connection.SendAsync(message);
        return sending.IsCompletedSuccessfully ? default : Finish(sending);
    }

    /// <inheritdoc/>
    public void OnClosed(WsConnection connection, WsEnding ending) => whenEnded(connection, ending);

    static async ValueTask SendFromPool(WsConnection connection, WsMessage message)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await connection.SendAsync(message).ConfigureAwait(false);
    }

    static async ValueTask Finish(ValueTask<bool> sending) => await sending.ConfigureAwait(false);
}
