using RawHttp;
using RawHub;
using RawNet;
using RawRealtime.Access;
using RawSse.Wire;

namespace RawRealtime.Delivery;

/// <summary>
/// One event stream: <c>retry:</c>, the position, then messages, and a comment when it was quiet for 15 s. It ends in order when
/// messages were lost, its channels were deleted, its token expires, or the server drains; the browser then comes back with its cursor.
/// </summary>
internal sealed class EventStream : ISubscriber, IHeldExchange
{
    /// <summary>How often a comment is sent, in milliseconds: under the 30 s after which some proxies drop a silent connection.</summary>
    public const int KeepAliveMilliseconds = 15_000;

    // A browser waits this long before it comes back; spread, when everybody is sent away at once.
    const int RetryMilliseconds = 2_000, DrainRetrySpreadMilliseconds = 8_000;

    // A comment, for whoever reads along; an EventSource comes back, gets 401 and stays away.
    static ReadOnlySpan<byte> Expired => ": token-expired\n\n"u8;

    readonly BodyStream body;
    readonly bool asJson;
    readonly GrantExpiry expiry;
    readonly Action resume;
    HeldTicket ticket;

    public EventStream(BodyStream body, int channels, bool asJson, GrantExpiry expiry)
    {
        (this.body, this.expiry) = (body, expiry);
        this.asJson = asJson || channels > 1; // with several channels the data must say which one spoke
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
        exchange.Hold(this, expiry.Before(exchange.Request.Heartbeat.NowMilliseconds + KeepAliveMilliseconds));
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
        if (subscription.ChannelCount == 1) return TryWrite(message.Encoded(asJson ? Formats.JsonEvent : Formats.DataEvent));
        Span<byte> cursor = stackalloc byte[Cursor.MaxLength(subscription.ChannelCount)];
        SharedBytes own = EventFormat.Encode(message, cursor[..subscription.FormatCursor(cursor)], asJson);
        bool taken = TryWrite(own);
        own.Release();
        return taken;
    }

    /// <inheritdoc/>
    public void EndBatch(Subscription subscription) => body.Flush();

    /// <inheritdoc/>
    public void OnLost(Subscription subscription, ChannelName channel, LossReason reason) => End();

    /// <inheritdoc/>
    public void OnChannelDeleted(Subscription subscription, ChannelName channel)
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
        if (expiry.IsOver(nowMilliseconds))
        {
            body.TryWrite(Expired);
            End();
            return;
        }
        body.TryWrite(EventWriter.KeepAlive);
        ticket.SetDue(expiry.Before(nowMilliseconds + KeepAliveMilliseconds));
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
        body.TryQueueFramed(chunk);
        chunk.Release();
        body.Flush();
    }

    void End()
    {
        Subscription!.Dispose();
        body.End();
    }
}
