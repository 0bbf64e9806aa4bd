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
    readonly ChannelPattern first;
    readonly Grant grant;
    readonly SocketDelivery delivery;
    readonly FrameForms frames;
    readonly Action<WsConnection, WsEnding> whenEnded;

    public DataSocket(Publisher publisher, ChannelPattern first, Grant grant, FrameForms frames, Action<WsConnection, WsEnding> whenEnded)
    {
        (this.publisher, this.first, this.grant, this.frames, this.whenEnded) = (publisher, first, grant, frames, whenEnded);
        delivery = new(grant.Expiry);
    }

    /// <summary>Set once, before the connection opens.</summary>
    public Subscription? Subscription { get; set; }

    /// <inheritdoc/>
    public void OnOpened(WsConnection connection)
    {
        delivery.Open(connection);
        delivery.Start(Subscription!);
    }

    /// <inheritdoc/>
    public ValueTask OnMessageAsync(WsConnection connection, WsMessage message)
    {
        if (FaultOfPublish() is var fault && fault != ServerFault.None)
        {
            connection.Close(CloseCode.PolicyViolation, ServerFaults.CodeOf(fault));
            return default;
        }
        PublishResult published = publisher.Publish(new(first.Name, message.IsText, null), message.Payload.Span);
        if (published.IsRefused) connection.Close(CloseCode.TryAgainLater, ServerFaults.CodeOf(Publisher.FaultOf(published)));
        else if (!publisher.Hub.IsCommitted(published.Commit)) EndIfNotWritten(connection, published.Commit);
        return publisher.WaitWhileBehind(published);
    }

    // It gets no acknowledgement, so that its end is the only word there is for what was lost.
    void EndIfNotWritten(WsConnection connection, long commit) => publisher.Hub.WhenDecided(commit, () =>
    {
        if (!publisher.Hub.IsCommitted(commit)) connection.Close(CloseCode.TryAgainLater, ServerFaults.CodeOf(ServerFault.StoreFailed));
    });

    ServerFault FaultOfPublish()
    {
        if (first.IsWildcard) return ServerFault.BadChannel;
        if (ChannelList.IsReserved(first.Name)) return ServerFault.ReservedChannel;
        return grant.MayPublish(first.Name) ? ServerFault.None : ServerFault.MayNotPublish;
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
        delivery.TryDeliver(subscription, frames.Encoded(message, delivery.Socket.Compression));

    /// <inheritdoc/>
    public MessageFormat? JoinsIn(Subscription subscription) => delivery.Socket.Compression is null ? Formats.DataFrame : null;

    /// <inheritdoc/>
    public bool TryDeliver(Subscription subscription, in JoinedMessages joined) => delivery.Socket.TryQueueFramed(joined.Bytes);

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
