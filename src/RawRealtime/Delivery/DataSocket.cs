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
    readonly ChannelPattern first;
    readonly SocketDelivery delivery;
    readonly FrameForms frames;
    readonly Action<WsConnection, WsEnding> whenEnded;

    public DataSocket(Publisher publisher, ChannelPattern first, FrameForms frames, Action<WsConnection, WsEnding> whenEnded)
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
        if (first.IsWildcard || ChannelList.IsReserved(first.Name))
        {
            connection.Close(CloseCode.PolicyViolation, ServerFaults.CodeOf(first.IsWildcard ? ServerFault.BadChannel : ServerFault.ReservedChannel));
            return default;
        }
        PublishResult published = publisher.Publish(new(first.Name, message.IsText, null), message.Payload.Span);
        if (published.IsRefused) connection.Close(CloseCode.TryAgainLater, ServerFaults.CodeOf(Publisher.FaultOf(published)));
        return publisher.WaitWhileBehind(published);
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
    public void OnLost(Subscription subscription, ChannelPattern channel, LossReason reason) => delivery.EndTooSlow(); // it has no place for a word

    /// <inheritdoc/>
    public void OnTooSlow(Subscription subscription, ChannelPattern channel) => delivery.EndTooSlow();

    /// <inheritdoc/>
    public void OnChannelDeleted(Subscription subscription, ChannelPattern channel)
    {
        if (!subscription.HasLiveChannels) delivery.EndDeleted();
    }
}
