using System.Text;
using RawHub;
using RawNet;
using RawRealtime.Access;
using RawRealtime.Server;
using RawWebSocket;
using RawWebSocket.Deflate;

namespace RawRealtime.Delivery;

/// <summary>
/// <c>/ws</c> with <c>rawrealtime.v1</c>: every message carries its cursor, and the client publishes, subscribes and
/// unsubscribes on the open connection. Errors are told and end nothing.
/// </summary>
internal sealed class CursorSocket : IWsHandler, ISubscriber
{
    readonly Publisher publisher;
    readonly Grant grant;
    readonly SocketDelivery delivery;
    readonly FrameForms frames;
    readonly CursorNews? news;
    readonly Action<WsConnection, WsEnding> whenEnded;
    PendingAnswers? pending; // made by the first publish that has to wait

    /// <param name="publisher">Publishes what the client says.</param>
    /// <param name="grant">What the client may do.</param>
    /// <param name="frames">Its messages' frames.</param>
    /// <param name="news">Tells its cursor where that moves without a message; null when it never does.</param>
    /// <param name="whenEnded">Told when the connection has ended.</param>
    public CursorSocket(Publisher publisher, Grant grant, FrameForms frames, CursorNews? news, Action<WsConnection, WsEnding> whenEnded)
    {
        (this.publisher, this.grant, this.frames, this.news, this.whenEnded) = (publisher, grant, frames, news, whenEnded);
        delivery = new(grant.Expiry, news);
    }

    /// <summary>Set once, before the connection opens.</summary>
    public Subscription? Subscription { get; set; }

    /// <inheritdoc/>
    public void OnOpened(WsConnection connection)
    {
        connection.TrySendText(CursorMessages.Position(Subscription!.Position, null, null).Span);
        Subscription.ForgetPosition();
        news?.Follow(Subscription);
        delivery.Open(connection);
        delivery.Start(Subscription);
    }

    /// <inheritdoc/>
    public ValueTask OnMessageAsync(WsConnection connection, WsMessage message)
    {
        if (!message.IsText) return Reply(CursorMessages.Error(CursorFault.NotText, null));
        CursorFault fault = ClientMessage.Read(message.Payload, out ClientMessage asked);
        if (fault != CursorFault.None) return Reply(CursorMessages.Error(fault, asked.Ref));
        if (asked.Type == ClientMessageType.Ping) return Reply(CursorMessages.Pong(asked.Ref));
        if (!ChannelPattern.TryParse(asked.Channel, out ChannelPattern channel)) return Reply(CursorMessages.Error(CursorFault.BadChannel, asked.Ref));
        return asked.Type switch
        {
            ClientMessageType.Publish => Publish(asked, channel),
            ClientMessageType.Subscribe => Subscribe(asked, channel),
            _ => Unsubscribe(asked, channel),
        };
    }

    /// <inheritdoc/>
    public void OnClosed(WsConnection connection, WsEnding ending)
    {
        delivery.Close();
        Subscription!.Dispose();
        whenEnded(connection, ending);
    }

    /// <inheritdoc/>
    public bool TryDeliver(Subscription subscription, PublishedMessage message)
    {
        if (news is null) return TryDeliverMessage(subscription, message);
        news.Begin();
        if (!TryDeliverMessage(subscription, message)) return false;
        news.IsTold();
        return true;
    }

    bool TryDeliverMessage(Subscription subscription, PublishedMessage message)
    {
        DeflateParameters? agreed = delivery.Socket.Compression;
        if (subscription.HasSharedCursor) return delivery.TryDeliver(subscription, frames.Encoded(message, agreed));
        Span<byte> cursor = stackalloc byte[Cursor.MaxLength(subscription.ChannelCount)];
        SharedBytes own = frames.Own(MessageFrameFormat.Encode(message, cursor[..subscription.FormatCursor(cursor)]), agreed);
        bool taken = delivery.TryDeliver(subscription, own);
        own.Release();
        return taken;
    }

    /// <inheritdoc/>
    public MessageFormat? JoinsIn(Subscription subscription) =>
        delivery.Socket.Compression is null && subscription.HasSharedCursor ? Formats.MessageFrame : null;

    /// <inheritdoc/>
    public bool TryDeliver(Subscription subscription, in JoinedMessages joined) => delivery.Socket.TryQueueFramed(joined.Bytes);

    /// <inheritdoc/>
    public void EndBatch(Subscription subscription) => delivery.Socket.Flush();

    /// <inheritdoc/>
    public void OnLost(Subscription subscription, ChannelPattern channel, LossReason reason)
    {
        news?.Begin();
        Position position = new(subscription.Cursor, subscription.ChannelCount, new LostChannel(channel, reason));
        if (!delivery.Socket.TrySendText(CursorMessages.Position(position, null, null).Span)) delivery.EndTooSlow();
        else news?.IsTold();
    }

    /// <inheritdoc/>
    public void OnTooSlow(Subscription subscription, ChannelPattern channel) => delivery.EndTooSlow();

    /// <inheritdoc/>
    public void OnChannelDeleted(Subscription subscription, ChannelPattern channel)
    {
        if (!subscription.HasLiveChannels) delivery.EndDeleted();
        else if (!delivery.Socket.TrySendText(CursorMessages.Error(CursorFault.ChannelDeleted, null, channel.Text).Span)) delivery.EndTooSlow();
    }

    async ValueTask Publish(ClientMessage asked, ChannelPattern channel)
    {
        CursorFault fault = TryPublish(asked, channel, out PublishResult published);
        if (fault != CursorFault.None) await Reply(CursorMessages.Error(fault, asked.Ref)).ConfigureAwait(false);
        else if (pending is null or { IsEmpty: true } && publisher.Hub.IsCommitted(published.Commit)) await Reply(Acknowledged(asked, published)).ConfigureAwait(false);
        else Pending.Add(published.Commit, isWritten => isWritten ? Acknowledged(asked, published) : CursorMessages.Error(CursorFault.StoreFailed, asked.Ref));
        await publisher.WaitWhileBehind(published).ConfigureAwait(false);
    }

    PendingAnswers Pending => pending ??= new(publisher.Hub, answer => delivery.Socket.TrySendText(answer.Span), () => delivery.Socket.Flush(), delivery.EndTooSlow);

    static ReadOnlyMemory<byte> Acknowledged(ClientMessage asked, in PublishResult published) =>
        asked.Ref is null ? default : CursorMessages.Ack(asked.Ref, published.Channel!.Name.Text, published);

    CursorFault TryPublish(ClientMessage asked, ChannelPattern channel, out PublishResult published)
    {
        published = default;
        if (channel.IsWildcard) return CursorFault.BadChannel;
        if (ChannelList.IsReserved(channel.Name)) return CursorFault.ReservedChannel;
        if (!grant.MayPublish(channel.Name)) return CursorFault.MayNotPublish;
        if (asked.Event is not null && !EventName.IsValid(asked.Event)) return CursorFault.BadEvent;
        byte[] data = Encoding.UTF8.GetBytes(asked.Data);
        bool isText = asked.Encoding is null;
        if (!isText && (asked.Encoding != "base64" || !Base64Data.TryDecode(ref data))) return CursorFault.BadEncoding;
        published = publisher.Publish(new(channel.Name, isText, asked.Event, TtlMs: asked.Ttl?.Milliseconds ?? 0), data);
        return published.Refusal switch
        {
            PublishRefusal.None => CursorFault.None,
            PublishRefusal.StoreFailed => CursorFault.StoreFailed,
            _ => CursorFault.HubFull,
        };
    }

    async ValueTask Subscribe(ClientMessage asked, ChannelPattern channel)
    {
        if (!grant.MaySubscribe(channel))
        {
            await Reply(CursorMessages.Error(CursorFault.MayNotSubscribe, asked.Ref)).ConfigureAwait(false);
            return;
        }
        AddOutcome outcome = Subscription!.Add(channel, asked.Cursor, out Position? position);
        CursorFault fault = outcome switch
        {
            AddOutcome.Added or AddOutcome.Ended => CursorFault.None,
            AddOutcome.AlreadySubscribed => CursorFault.AlreadySubscribed,
            AddOutcome.TooMany => CursorFault.TooManyChannels,
            _ => CursorFault.HubFull,
        };
        if (fault != CursorFault.None) await Reply(CursorMessages.Error(fault, asked.Ref)).ConfigureAwait(false);
        if (position is null) return;
        await Reply(CursorMessages.Position(position, channel.Text, asked.Ref)).ConfigureAwait(false);
        delivery.Start(Subscription); // only now: the position comes before the first message
    }

    ValueTask Unsubscribe(ClientMessage asked, ChannelPattern channel)
    {
        if (!Subscription!.Remove(channel)) return Reply(CursorMessages.Error(CursorFault.NotSubscribed, asked.Ref));
        return asked.Ref is null ? default : Reply(CursorMessages.Ack(asked.Ref, channel.Text));
    }

    // An answer is never dropped: while there is no room for it, nothing more is read.
    async ValueTask Reply(ReadOnlyMemory<byte> text)
    {
        if (!text.IsEmpty) await delivery.Socket.SendAsync(new(IsText: true, text)).ConfigureAwait(false);
    }
}
