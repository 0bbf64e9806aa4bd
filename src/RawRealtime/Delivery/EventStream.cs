using RawHttp;
using RawHub;
using RawNet;
using RawRealtime.Access;
using RawSse.Wire;

namespace RawRealtime.Delivery;

/// <summary>
/// One event stream: <c>retry:</c>, the position, then messages, and every 15 s a comment, or the cursor when the client does not know it yet.
/// It ends in order when messages were lost, its channels were deleted, its time or its token's is over, or the server drains; the browser
/// then comes back with its cursor.
/// </summary>
internal sealed class EventStream : ISubscriber, IHeldExchange
{
    /// <summary>How often a comment is sent, in milliseconds: under the 30 s after which some proxies drop a silent connection.</summary>
    public const int KeepAliveMilliseconds = 15_000;

    // A browser waits this long before it comes back; spread, when everybody is sent away at once.
    const int RetryMilliseconds = 2_000, DrainRetrySpreadMilliseconds = 8_000;

    // One whose time is over is awaited: its end was spread already.
    const int RenewalRetryMilliseconds = 100;

    // A comment, for whoever reads along; an EventSource comes back, gets 401 and stays away.
    static ReadOnlySpan<byte> Expired => ": token-expired\n\n"u8;

    readonly EventBody body;
    readonly bool asJson;
    readonly GrantExpiry expiry;
    Action? resume; // made when an event is refused for the first time
    HeldTicket ticket;

    public EventStream(EventBody body, bool asJson, GrantExpiry expiry) => (this.body, this.asJson, this.expiry) = (body, asJson, expiry);

    /// <summary>Set once, before <see cref="Start"/>.</summary>
    public Subscription? Subscription { get; set; }

    /// <summary>When it ends, so that its client comes back: a moment in the heartbeat's time, never unless set before <see cref="Start"/>.</summary>
    public long EndsAtMilliseconds { get; set; } = long.MaxValue;

    /// <summary>Writes what every stream begins with, and begins delivery.</summary>
    public void Start(HttpExchange exchange)
    {
        body.Begin();
        QueueRetry(RetryMilliseconds);
        TryQueuePosition(Subscription!.Position);
        Subscription.ForgetPosition();
        body.Flush();
        ticket = exchange.Ticket;
        exchange.Hold(this, DueAfter(exchange.Request.Heartbeat.NowMilliseconds));
        if (body.IsGzip) Subscription.StartSoon(); // compressing what is kept would hold up the other sockets of this thread
        else Subscription.Start();
    }

    /// <summary>What a stream is answered with while the server drains: come back later. Never 503, after which a browser stays away.</summary>
    public void SendAway()
    {
        body.Begin();
        EndWithRetry(RetryMilliseconds + Random.Shared.Next(DrainRetrySpreadMilliseconds));
    }

    /// <inheritdoc/>
    public bool TryDeliver(Subscription subscription, PublishedMessage message)
    {
        if (!subscription.HasSharedCursor) return TryDeliverOwn(subscription, message);
        while (!body.TryQueue(message, asJson ? Formats.JsonEvents : Formats.DataEvents))
            if (MustWait()) return false;
        return true;
    }

    /// <inheritdoc/>
    public MessageFormat? JoinsIn(Subscription subscription)
    {
        if (!body.TakesChunks || !subscription.HasSharedCursor) return null;
        return asJson ? Formats.JsonEvent : Formats.DataEvent;
    }

    /// <inheritdoc/>
    public bool TryDeliver(Subscription subscription, in JoinedMessages joined) => body.TryQueue(joined);

    /// <inheritdoc/>
    public void EndBatch(Subscription subscription) => body.Flush();

    /// <inheritdoc/>
    public void OnLost(Subscription subscription, ChannelPattern channel, LossReason reason)
    {
        if (!TryQueuePosition(new(subscription.Cursor, subscription.ChannelCount, new LostChannel(channel, reason)))) End(); // then it is told when it comes back
    }

    /// <inheritdoc/>
    public void OnTooSlow(Subscription subscription, ChannelPattern channel) => End();

    /// <inheritdoc/>
    public void OnChannelDeleted(Subscription subscription, ChannelPattern channel)
    {
        if (!subscription.HasLiveChannels) End();
    }

    /// <inheritdoc/>
    public void OnPeerGone() => Subscription!.Dispose();

    /// <inheritdoc/>
    public void OnDraining()
    {
        Subscription!.Dispose();
        EndWithRetry(RetryMilliseconds + Random.Shared.Next(DrainRetrySpreadMilliseconds));
    }

    /// <inheritdoc/>
    public void OnDue(long nowMilliseconds)
    {
        if (expiry.IsOver(nowMilliseconds))
        {
            body.TryQueue(Expired);
            End();
        }
        else if (nowMilliseconds >= EndsAtMilliseconds)
        {
            Subscription!.Dispose();
            EndWithRetry(RenewalRetryMilliseconds);
        }
        else
        {
            if (!TryQueueCursor()) body.TryQueue(EventWriter.KeepAlive);
            body.Flush();
            ticket.SetDue(DueAfter(nowMilliseconds));
        }
    }

    long DueAfter(long nowMilliseconds) => expiry.Before(Math.Min(nowMilliseconds + KeepAliveMilliseconds, EndsAtMilliseconds));

    bool MustWait() => body.HasEnded || body.NotifyWhenRoom(resume ??= Subscription!.ResumeSoon);

    // With several channels the cursor is this subscription's own.
    bool TryDeliverOwn(Subscription subscription, PublishedMessage message)
    {
        Span<byte> cursor = stackalloc byte[Cursor.MaxLength(subscription.ChannelCount)];
        cursor = cursor[..subscription.FormatCursor(cursor)];
        SharedBytes own = EventFormat.Encode(message, cursor, asJson);
        bool taken = true;
        while (taken && !body.TryQueue(own, cursor)) taken = !MustWait();
        own.Release();
        return taken;
    }

    // Messages that this client does not want moved the cursor: without it they would be read again when it comes back, or be told as lost.
    bool TryQueueCursor()
    {
        int toldCount = body.ToldCount;
        Span<byte> cursor = stackalloc byte[Cursor.MaxLength(Subscription!.ChannelCount)];
        cursor = cursor[..Subscription.FormatCursor(cursor)];
        Span<byte> block = stackalloc byte[cursor.Length + EventWriter.IdBlockBytes];
        EventWriter.WriteId(cursor, block);
        return body.TryQueueCursor(block, cursor, toldCount);
    }

    void QueueRetry(int milliseconds)
    {
        Span<byte> retry = stackalloc byte[EventWriter.MaxRetryLength];
        body.TryQueue(retry[..EventWriter.WriteRetry(milliseconds, retry)]);
    }

    bool TryQueuePosition(Position position)
    {
        byte[] from = System.Text.Encoding.ASCII.GetBytes(position.From);
        OutgoingEvent outgoing = new(PositionJson.ToUtf8(position)) { Name = "position"u8, HasId = true, Id = from };
        SharedBytes chunk = EventFormat.Chunk(outgoing);
        bool isTold = body.TryQueue(chunk, from);
        chunk.Release();
        return isTold;
    }

    void EndWithRetry(int milliseconds)
    {
        QueueRetry(milliseconds);
        body.End();
    }

    void End()
    {
        Subscription!.Dispose();
        body.End();
    }
}
