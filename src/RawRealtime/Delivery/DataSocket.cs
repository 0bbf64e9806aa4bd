using RawHub;
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
    readonly SocketDelivery delivery;
    readonly FrameForms frames;
    readonly Action<WsConnection, WsEnding> whenEnded;

    public DataSocket(Publisher publisher, ChannelName first, FrameForms frames, Action<WsConnection, WsEnding> whenEnded)
    {
        (this.publisher, this.first, this.frames, this.whenEnded) = (publisher, first, frames, whenEnded);
        delivery = new(() => Subscription!.Resume());
    }

    /// <summary>Set once, before the connection opens.</summary>
    public Subscription? Subscription { get; set; }

    /// <inheritdoc/>
    public void OnOpened(WsConnection connection)
    {
        delivery.Socket = connection;
        Subscription!.Start();
    }

    /// <inheritdoc/>
    public ValueTask OnMessageAsync(WsConnection connection, WsMessage message)
    {
        PublishResult published = publisher.Publish(first, message.Payload.Span, message.IsText, null);
        if (published.IsRefused) connection.Close(CloseCode.TryAgainLater, ServerFaults.CodeOf(ServerFault.HubFull));
        return Publisher.WaitWhileBehind(published);
    }

    /// <inheritdoc/>
    public void OnClosed(WsConnection connection, WsEnding ending)
    {
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
