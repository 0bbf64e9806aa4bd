using RawWebSocket;

namespace RawRealtime.Client;

/// <summary>Messages by WebSocket, with <c>rawrealtime.v1</c>.</summary>
/// <param name="options">What is subscribed to.</param>
internal sealed class SocketTransport(SubscribeOptions options) : ISubscribeTransport
{
    const string Subprotocol = "rawrealtime.v1";

    readonly WsClientOptions opening = new()
    {
        Connection = new() { Limits = new() { MaxMessageBytes = SubscribeOptions.MaxMessageBytes }, CloseWaitSeconds = 2 },
        Subprotocols = [Subprotocol],
        Fields = options.Target.Fields,
        Tls = options.Target.Tls,
    };

    /// <inheritdoc/>
    public string Name => "WebSocket";

    /// <inheritdoc/>
    public async Task<TransportEnd> ListenAsync(string? cursor, ISubscriptionListener listener, CancellationToken cancellation)
    {
        WsClient client;
        try
        {
            client = await WsClient.ConnectAsync(options.Target.SocketOf(options.PathOf("/ws", cursor)), opening, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (OpeningFailure.IsOne(failure))
        {
            return TransportEnds.OfOpening(failure, options.Target.SocketOf(options.Target.PathOf("/ws")));
        }
        await using (client)
        {
            try
            {
                if (client.Connection.Subprotocol != Subprotocol) throw new NotOursException($"The server does not speak {Subprotocol}. Check --server.");
                return await ReceiveAsync(client, listener, cancellation).ConfigureAwait(false);
            }
            catch (WsClosedException)
            {
                return TransportEnds.Of(client.Connection);
            }
            catch (NotOursException failure)
            {
                return TransportEnds.Of(failure);
            }
        }
    }

    static async Task<TransportEnd> ReceiveAsync(WsClient client, ISubscriptionListener listener, CancellationToken cancellation)
    {
        while (await client.ReceiveAsync(cancellation).ConfigureAwait(false) is { } message)
        {
            switch (SubscriptionJson.ReadSocket(message.Payload))
            {
                case PositionTold position: listener.Began(position); break;
                case ErrorTold error: listener.Failed(error); break;
                case MessageTold told when !await listener.MessageAsync(told).ConfigureAwait(false): return TransportEnd.Enough;
            }
        }
        return TransportEnds.Of(client.Connection);
    }
}
