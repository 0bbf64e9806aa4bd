using RawHttp;
using RawHub;
using RawNet;
using RawSse.Wire;

namespace RawRealtime.Delivery;

/// <summary>
/// One event stream: <c>retry:</c>, the position, then messages, and a comment when it was quiet for 15 s. It ends in order when
/// messages were lost, its channels were deleted, or the server drains; the browser then comes back with its cursor.
/// </summary>
internal sealed class EventStream : ISubscriber, IHeldExchange
{
    /// <summary>How often a comment is sent, in milliseconds: under the 30 s after which some proxies drop a silent connection.</summary>
    public const int KeepAliveMilliseconds = 15_000;

    // A browser waits this long before it comes back; spread, when everybody is sent away at once.
    const int RetryMilliseconds = 2_000, DrainRetrySpreadMilliseconds = 8_000;

    readonly BodyStream body;
    readonly bool asJson;
    readonly Action resume;
    HeldTicket ticket;

    public EventStream(BodyStream body, bool asJson)
    {
        (this.body, this.asJson) = (body, asJson);
        resume = () => Subscription!.Resume();
    }

    /// <summary>Set once, before <see cref="Start"/>.</summary>
    public Subscription? Subscription { get; set; }

    /// <summary>Writes what every stream begins with, and begins delivery.</summary>
    public void Start(HttpExchange exchange)
    {
        WriteRetry(RetryMilliseconds);
        WritePosition(Subscription!.Position);
        ticket = exchange.Ticket;
        exchange.Hold(this, exchange.Request.Heartbeat.NowMilliseconds + KeepAliveMilliseconds);
        Subscription.Start();
    }

    /// <summary>What a stream is answered with while the server drains: come back later. Never 503, after which a browser stays away.</summary>
    public void SendAway()
    {
        WriteRetry(RetryMilliseconds + Random.Shared.Next(DrainRetrySpreadMilliseconds));
        body.End();
    }

    /// <inheritdoc/>
    public bool TryDeliver(Subscription subscription, PublishedMessage message)
    {
        if (subscription.HasSharedCursor) return TryWrite(message.Encoded(asJson ? Formats.JsonEvent : Formats.DataEvent));
        Span<byte> cursor = stackalloc byte[Cursor.MaxLength(subscription.ChannelCount)];
        SharedBytes own = EventFormat.Encode(message, cursor[..subscription.FormatCursor(cursor)], asJson);
        bool taken = TryWrite(own);
        own.Release();
        return taken;
    }

    /// <inheritdoc/>
    public void EndBatch(Subscription subscription) => body.Flush();

    /// <inheritdoc/>
    public void OnLost(Subscription subscription, ChannelPattern channel, LossReason reason) =>
        WritePosition(new(subscription.Cursor, subscription.ChannelCount, new LostChannel(channel, reason)));

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
        SendAway();
    }

    /// <inheritdoc/>
    public void OnDue(long nowMilliseconds)
    {
        body.TryWrite(EventWriter.KeepAlive);
        ticket.SetDue(nowMilliseconds + KeepAliveMilliseconds);
    }

    bool TryWrite(SharedBytes chunk)
    {
        while (!body.TryQueueFramed(chunk))
            if (body.HasEnded || body.NotifyWhenRoom(resume)) return false;
        return true;
    }

    void WriteRetry(int milliseconds)
    {
        Span<byte> retry = stackalloc byte[EventWriter.MaxRetryLength];
        body.TryWrite(retry[..EventWriter.WriteRetry(milliseconds, retry)]);
    }

    void WritePosition(Position position)
    {
        byte[] from = System.Text.Encoding.ASCII.GetBytes(position.From);
        OutgoingEvent outgoing = new(PositionJson.ToUtf8(position)) { Name = "position"u8, HasId = true, Id = from };
        SharedBytes chunk = EventFormat.Chunk(outgoing);
        bool isTold = body.TryQueueFramed(chunk);
        chunk.Release();
        if (isTold) body.Flush();
        else End(); // what is not told here is told when it comes back
    }

    void End()
    {
        Subscription!.Dispose();
        body.End();
    }
}
