using RawWebSocket;

namespace RawRealtime.Delivery;

/// <summary><c>/echo</c>: sends every message back.</summary>
internal sealed class EchoSocket : IWsHandler
{
    /// <summary>It has no state: one serves all connections.</summary>
    public static EchoSocket Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask OnMessageAsync(WsConnection connection, WsMessage message)
    {
        // Not reading on until the peer has taken what it is owed is what holds it back.
        ValueTask<bool> sending = connection.SendAsync(message);
        return sending.IsCompletedSuccessfully ? default : Finish(sending);
    }

    static async ValueTask Finish(ValueTask<bool> sending) => await sending.ConfigureAwait(false);
}
