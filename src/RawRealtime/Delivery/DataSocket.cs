using RawHub;
using RawRealtime.Access;
using RawRealtime.Server;
using RawWebSocket;
using RawWebSocket.Wire;

namespace RawRealtime.Delivery;

/// <summary>
/// <c>/ws</c> without a subprotocol: each message's data is one WebSocket message, and what the client sends is published to
/// the first channel. Its position was told in the 101 answer.
/// </summary>
internal sealed class DataSocket : IWsHandler, ISubscriber
{
    readonly Publisher publisher;
    readonly ChannelName first;
    readonly Grant grant;
    readonly SocketDelivery delivery;
    readonly FrameForms frames;
    readonly Action<WsConnection, WsEnding> whenEnded;

    public DataSocket(Publisher publisher, ChannelName first, Grant grant, FrameForms frames, Action<WsConnection, WsEnding> whenEnded)
    {
        (this.publisher, this.first, this.grant, this.frames, this.whenEnded) = (publisher, first, grant, frames, whenEnded);
        delivery = new(grant.Expiry, () => Subscription!.Resume());
    }

    /// <summary>Set once, before the connection opens.</summary>
    public Subscription? Subscription { get; set; }

    /// <inheritdoc/>
    public void OnOpened(WsConnection connection)
    {
        delivery.Open(connection);
        Subscription!.Start();
    }

    /// <inheritdoc/>
    public ValueTask OnMessageAsync(WsConnection connection, WsMessage message)
    {
        if (!grant.MayPublish(first))
        {
            connection.Close(CloseCode.PolicyViolation, ServerFaults.CodeOf(ServerFault.MayNotPublish));
            return default;
        }
        PublishResult published = publisher.Publish(first, message.Payload.Span, message.IsText, null);
        if (published.IsRefused) connection.Close(CloseCode.TryAgainLater, ServerFaults.CodeOf(ServerFault.HubFull));
        return Publisher.WaitWhileBehind(published);
    }

    /// <inheritdoc/>
    public void OnClosed(WsConnection connection, WsEnding ending)
    {
        delivery.Close();
        Subscription!.Dispose();
        whenEnded(connection, ending);
    }

    /// <inheritdoc/>
    public bool TryDeliver(Subscription subscription, PublishedMessage message) =>
        delivery.TryDeliver(frames.Encoded(message, delivery.Socket.Compression));

    /// <inheritdoc/>
    public void EndBatch(Subscription subscription) => delivery.Socket.Flush();

    /// <inheritdoc/>
    public void OnLost(Subscription subscription, ChannelName channel, LossReason reason) => delivery.EndTooSlow();

    /// <inheritdoc/>
    public void OnChannelDeleted(Subscription subscription, ChannelName channel)
    {
        if (!subscription.HasLiveChannels) delivery.EndDeleted();
    }
}
