using System.Buffers;
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
/// <param name="whenOver">Told once, when it is answered or its client left.</param>
internal sealed class HeldPoll(SubscribeRequest request, int limit, Action<HeldPoll> whenOver) : ISubscriber, IHeldExchange
{
    // The answer is full with the message that passes this: what one poll can make us write at once is bounded, whatever its limit.
    const int MaxAnswerBytes = 1 << 20;

    // RFC 9110 §10.2.3, in seconds: a successor is up by then, mostly.
    static readonly byte[] RetryAfterDraining = "2"u8.ToArray();

    readonly List<(PublishedMessage Message, string? Cursor)> taken = [];
    HeldTicket ticket;
    volatile bool isOver;
    long takenBytes;
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
        if (taken.Count == limit || takenBytes >= MaxAnswerBytes) return false; // the rest is for the next poll, which begins where this one ends
        message.AddRef();
        takenBytes += message.Payload.Length;
        taken.Add((message, subscription.HasSharedCursor ? null : subscription.Cursor)); // of one channel it is the id
        return true;
    }

    /// <inheritdoc/>
    public void EndBatch(Subscription subscription)
    {
        if (taken.Count > 0) Answer(); // the deletion of one channel of several is no news: the poll is held on for the others
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
        bool hasNews = !Subscription.Position.Recovered || taken.Count > 0 && !outran; // a position with a loss is told in any case
        if (hasNews) SendMessages(response);
        else SendNothingNew(response);
        End();
    }

    void SendMessages(HttpResponse response)
    {
        byte[] cursor = Encoding.ASCII.GetBytes(outran ? Subscription.Position.From : Subscription.Cursor);
        ArrayBufferWriter<byte> content = new(512);
        BatchWriter batch = new(content);
        batch.Begin(PositionJson.ToUtf8(Subscription.Position));
        foreach ((PublishedMessage message, string? own) in outran ? [] : taken)
        {
            if (own is null) batch.Message(message.Encoded(Formats.Json).Span);
            else batch.Message(message.Encoded(Formats.Json).Span, Encoding.ASCII.GetBytes(own));
        }
        batch.End(cursor);
        AddFields(response, cursor);
        response.Send(PollEndings.StatusOf(PollEnding.Messages), "application/json"u8, content.WrittenSpan);
    }

    // What was not wanted is passed over: the cursor goes on all the same, and is then no longer the one that the client asked with.
    void SendNothingNew(HttpResponse response)
    {
        string cursor = outran ? Subscription.Position.From : Subscription.Cursor;
        bool isSame = request.Start.IsConditional && cursor == Subscription.Position.From;
        AddFields(response, Encoding.ASCII.GetBytes(cursor));
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

    static void AddFields(HttpResponse response, ReadOnlySpan<byte> cursor)
    {
        response.AddField("Cache-Control"u8, "no-store"u8);
        response.AddField("ETag"u8, [(byte)'"', .. cursor, (byte)'"']);
    }

    // Only whoever took the ticket, or was told that there is nobody to answer, comes here.
    void End()
    {
        isOver = true;
        Subscription.Dispose();
        foreach ((PublishedMessage message, _) in taken) message.Release();
        taken.Clear();
        whenOver(this);
    }
}
