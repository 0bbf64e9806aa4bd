using System.Text;
using RawHttp;
using RawHub;
using RawLongPoll.Wire;
using RawRealtime.Server;

namespace RawRealtime.Delivery;

/// <summary>
/// One poll: answered at once when messages are there or something was lost, else held until the first of its endings
/// (<see cref="PollEnding"/>). The ticket decides which ending is first; the others then find nothing to do.
/// </summary>
/// <param name="request">Where it begins.</param>
/// <param name="limit">Most messages in the answer.</param>
/// <param name="whenOver">Told once, when it is answered or its client left; null for nobody.</param>
internal sealed class HeldPoll(SubscribeRequest request, int limit, Action<HeldPoll>? whenOver) : ISubscriber, IHeldExchange
{
    // The answer is full with the message that passes this: what one poll can make us write at once is bounded, whatever its limit.
    const int MaxDataBytes = 1 << 20;

    const int SmallPositionBytes = 512;

    // RFC 9110 §10.2.3, in seconds: a successor is up by then, mostly.
    static readonly byte[] RetryAfterDraining = "2"u8.ToArray();

    // Messages are written into it when they are delivered, under the subscription's lock; whoever ends the poll disposes the subscription first.
    BatchWriter content;
    HeldTicket ticket;
    volatile bool isOver;
    int count;
    long dataBytes;
    bool outran;

    /// <summary>Set once, before <see cref="Hold"/>.</summary>
    public Subscription Subscription { get; set; } = null!;

    /// <summary>True when it is answered or its client left.</summary>
    public bool IsOver => isOver;

    /// <summary>Holds the exchange; from here on it may end at any moment.</summary>
    /// <param name="exchange">The poll.</param>
    /// <param name="holdMilliseconds">How long to hold it; no longer than its grant lasts.</param>
    public void Hold(HttpExchange exchange, int holdMilliseconds)
    {
        ticket = exchange.Ticket;
        exchange.Hold(this, request.Grant.Expiry.Before(exchange.Request.Heartbeat.NowMilliseconds + holdMilliseconds));
    }

    /// <summary>Begins delivery, and answers at once when there is something to say.</summary>
    /// <param name="waits">False answers also when there is nothing to say.</param>
    public void Start(bool waits)
    {
        Subscription.Start();
        if (!Subscription.Position.Recovered || !waits) Answer();
    }

    /// <summary>A newer poll of the same client took over.</summary>
    public void OnTakenOver() => Refuse(ServerFault.TakenOver);

    /// <inheritdoc/>
    public bool TryDeliver(Subscription subscription, PublishedMessage message)
    {
        if (count == limit || dataBytes >= MaxDataBytes) return false; // the rest is for the next poll, which begins where this one ends
        ReadOnlySpan<byte> item = message.Encoded(Formats.PollItem).Span;
        Span<byte> cursor = stackalloc byte[Cursor.MaxLength(subscription.ChannelCount)];
        Take(1, message.Payload.Length);
        if (subscription.HasSharedCursor) content.Messages(item); // of one channel it is the id
        else content.Message(item, cursor[..subscription.FormatCursor(cursor)]);
        return true;
    }

    /// <inheritdoc/>
    public MessageFormat? JoinsIn(Subscription subscription) => subscription.HasSharedCursor && count < limit ? Formats.PollItem : null;

    /// <inheritdoc/>
    public bool TryDeliver(Subscription subscription, in JoinedMessages joined)
    {
        if (joined.Count > limit - count || dataBytes + joined.DataBytes > MaxDataBytes) return false; // as many of them as there is room for
        Take(joined.Count, joined.DataBytes);
        content.Messages(joined.Bytes.Span);
        return true;
    }

    void Take(int messages, int bytes)
    {
        if (count == 0) BeginContent();
        (count, dataBytes) = (count + messages, dataBytes + bytes);
    }

    void BeginContent()
    {
        Position position = Subscription.Position;
        int most = PositionJson.MaxLengthOf(position);
        Span<byte> json = most <= SmallPositionBytes ? stackalloc byte[SmallPositionBytes] : new byte[most];
        content.Begin(json[..PositionJson.Write(position, json)]);
    }

    /// <inheritdoc/>
    public void EndBatch(Subscription subscription)
    {
        if (count > 0) Answer(); // the deletion of one channel of several is no news: the poll is held on for the others
    }

    /// <inheritdoc/>
    public void OnLost(Subscription subscription, ChannelPattern channel, LossReason reason) => Outrun();

    /// <inheritdoc/>
    public void OnTooSlow(Subscription subscription, ChannelPattern channel) => Outrun();

    void Outrun()
    {
        // The history went on between our look at the cursor and the delivery. The client gets the position without messages, and its next poll,
        // which begins there, is told.
        outran = true;
        Answer();
    }

    /// <inheritdoc/>
    public void OnChannelDeleted(Subscription subscription, ChannelPattern channel)
    {
        if (!subscription.HasLiveChannels) Refuse(ServerFault.ChannelDeleted);
    }

    /// <inheritdoc/>
    public void OnPeerGone() => End();

    /// <inheritdoc/>
    public void OnDraining() => Refuse(ServerFault.Draining);

    /// <inheritdoc/>
    public void OnDue(long nowMilliseconds) => Answer();

    void Answer()
    {
        if (!ticket.TryTake(out HttpResponse? response)) return;
        Subscription.Dispose(); // from here on no other thread delivers, so what was taken and the cursor stand
        Span<byte> tag = stackalloc byte[Cursor.MaxLength(Subscription.ChannelCount) + 2];
        tag = tag[..WriteTag(tag)];
        response.AddField("Cache-Control"u8, "no-store"u8);
        response.AddField("ETag"u8, tag);
        bool hasNews = !Subscription.Position.Recovered || count > 0 && !outran; // a position with a loss is told in any case
        if (hasNews) SendMessages(response, tag[1..^1]);
        else SendNothingNew(response, tag[1..^1]);
        End();
    }

    // The cursor in quotes.
    int WriteTag(Span<byte> into)
    {
        int length = outran ? Encoding.ASCII.GetBytes(Subscription.Position.From, into[1..]) : Subscription.FormatCursor(into[1..]);
        into[0] = into[length + 1] = (byte)'"';
        return length + 2;
    }

    void SendMessages(HttpResponse response, ReadOnlySpan<byte> cursor)
    {
        if (outran || count == 0) BeginContent();
        content.End(cursor);
        response.Send(PollEndings.StatusOf(PollEnding.Messages), "application/json"u8, content.Written);
    }

    // What was not wanted is passed over: the cursor goes on all the same, and is then no longer the one that the client asked with.
    void SendNothingNew(HttpResponse response, ReadOnlySpan<byte> cursor)
    {
        bool isSame = request.Start.IsConditional && Ascii.Equals(cursor, Subscription.Position.From);
        response.SendEmpty(PollEndings.StatusOf(isSame ? PollEnding.NotModified : PollEnding.HoldOver));
    }

    void Refuse(ServerFault fault)
    {
        if (!ticket.TryTake(out HttpResponse? response)) return;
        response.AddField("Cache-Control"u8, "no-store"u8);
        if (fault == ServerFault.Draining) response.AddField("Retry-After"u8, RetryAfterDraining);
        response.SendProblem(ServerFaults.StatusOf(fault), ServerFaults.CodeOf(fault), ServerFaults.DetailOf(fault));
        End();
    }

    // Only whoever took the ticket, or was told that there is nobody to answer, comes here.
    void End()
    {
        isOver = true;
        Subscription.Dispose();
        content.Release();
        whenOver?.Invoke(this);
    }
}
