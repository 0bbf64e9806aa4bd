namespace RawHub;

/// <summary>
/// Messages in one order, and the seats that pull from it: what a channel and a pattern have in common. It keeps the messages and
/// wakes the subscriptions.
/// </summary>
/// <remarks>
/// One lock, never held during a callback. Order of locks: subscription, then a channel's, then the timeline's, then a pattern's.
/// Messages up to <c>offered</c> were offered to every subscription; only those may leave, so a subscription that keeps up never
/// misses one.
/// </remarks>
internal sealed class Feed : IHubWork
{
    readonly Hub hub;
    readonly SlowPolicy policy;
    readonly Action trim;
    readonly List<(long Position, Action Once)> waiters = [];
    Seat[] dispatching = [];
    JoinedBatches? joined;
    long visible, offered, head;
    long appendedCount, offeredCount;
    bool isScheduled, isDispatching;

    /// <param name="hub">Whose feed it is.</param>
    /// <param name="name">The channel, or the pattern.</param>
    /// <param name="epoch">What its positions count in.</param>
    /// <param name="trim">Lets go what was offered and is beyond the bounds; under <see cref="Gate"/>.</param>
    internal Feed(Hub hub, ChannelPattern name, Epoch epoch, Action trim)
    {
        (this.hub, Name, Epoch, this.trim) = (hub, name, epoch, trim);
        policy = hub.Options.SlowPolicyOf(name);
    }

    /// <summary>The channel, or the pattern that gathers several.</summary>
    internal ChannelPattern Name { get; }

    /// <summary>What its positions count in.</summary>
    internal Epoch Epoch { get; set; }

    /// <summary>Guards everything here; the channel's own state too.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>What is kept. Under <see cref="Gate"/>.</summary>
    internal History History { get; } = new();

    /// <summary>Who is subscribed. Under <see cref="Gate"/>.</summary>
    internal SeatList Seats { get; } = new();

    /// <summary>It is over: deleted, or long unused.</summary>
    internal bool IsEnded { get; private set; }

    /// <summary>The last position that may be delivered. Under <see cref="Gate"/>.</summary>
    internal long Visible => visible;

    /// <summary>
    /// The last position that may be read now: during a dispatch what it began with, so that all seats read the same batches; what comes
    /// meanwhile is for the next one. Under <see cref="Gate"/>.
    /// </summary>
    internal long Readable => isDispatching ? head : visible;

    /// <summary>The last position that every subscription was offered: what lies before may leave. Under <see cref="Gate"/>.</summary>
    internal long Offered => offered;

    /// <summary>Whether it does nothing and nobody waits for it. Under <see cref="Gate"/>.</summary>
    internal bool IsIdle => !isScheduled && Seats.Count == 0 && offered >= visible;

    /// <summary>Messages not yet offered to all subscriptions.</summary>
    internal long Backlog => Volatile.Read(ref appendedCount) - Volatile.Read(ref offeredCount);

    /// <summary>How many are subscribed; any thread.</summary>
    internal int SeatCount => Seats.Count;

    /// <summary>What a message's position is here.</summary>
    internal long PositionOf(PublishedMessage message) => Name.IsWildcard ? message.Sequence : message.Offset;

    /// <summary>Messages are kept that are older than one that is lost: of a pattern, or behind a gap in what a store had. Under <see cref="Gate"/>.</summary>
    internal bool HasHoles => Name.IsWildcard || History.FirstPosition <= History.LastEvicted;

    /// <summary>Takes over a message that is not to be delivered yet. Under <see cref="Gate"/>.</summary>
    internal void Append(PublishedMessage message, long position)
    {
        History.Append(message, position);
        Volatile.Write(ref appendedCount, appendedCount + 1);
    }

    /// <summary>From now on everything up to <paramref name="position"/> may be delivered. Under <see cref="Gate"/>.</summary>
    internal void Reveal(long position)
    {
        visible = position;
        if (isScheduled || Seats.Count > 0 || waiters.Count > 0) return;
        MarkOffered(position);
    }

    /// <summary>Has what is new dispatched, if that is not under way; also when the last seat was given up meanwhile, for those who wait. Without a lock held.</summary>
    internal void Wake()
    {
        lock (Gate)
        {
            if (isScheduled || IsEnded || visible <= offered) return;
            isScheduled = true;
        }
        hub.Scheduler.Schedule(this);
    }

    /// <summary>Offers what is new to every subscription. Called by the scheduler only.</summary>
    public void Execute()
    {
        int count;
        lock (Gate)
        {
            joined?.Clear(); // all seats are to have the same large blocks, not what one that came early was given
            (head, isDispatching) = (visible, true);
            count = Seats.CopyTo(ref dispatching);
        }
        foreach (Seat seat in dispatching.AsSpan(0, count)) seat.Subscription.OnNews(seat);
        dispatching.AsSpan(0, count).Clear();
        FinishDispatch();
    }

    void FinishDispatch()
    {
        bool more;
        Action[] due;
        lock (Gate)
        {
            isDispatching = false;
            joined?.Clear();
            MarkOffered(head);
            trim();
            more = !IsEnded && visible > head;
            isScheduled = more;
            due = TakeWaiters(head);
        }
        if (more) hub.Scheduler.Schedule(this);
        foreach (Action once in due) once();
    }

    void MarkOffered(long position)
    {
        offered = position;
        int waiting = History.Span - History.IndexFrom(position + 1);
        Volatile.Write(ref offeredCount, appendedCount - waiting);
    }

    /// <summary>Calls <paramref name="once"/> when every message that may be delivered so far was offered to all subscriptions, or this is over.</summary>
    /// <returns>False, and it will not be called, when nothing is waiting.</returns>
    internal bool NotifyWhenOffered(Action once)
    {
        lock (Gate)
        {
            if (IsEnded || offered >= visible) return false;
            waiters.Add((visible, once));
            return true;
        }
    }

    // Waiters stand in the order of their positions.
    Action[] TakeWaiters(long upTo)
    {
        int due = 0;
        while (due < waiters.Count && waiters[due].Position <= upTo) due++;
        if (due == 0) return [];
        Action[] taken = new Action[due];
        for (int i = 0; i < due; i++) taken[i] = waiters[i].Once;
        waiters.RemoveRange(0, due);
        return taken;
    }

    /// <summary>Gives <paramref name="seat"/> a place from which it misses nothing. Under <see cref="Gate"/>.</summary>
    internal LossReason Attach(Seat seat, StartRequest asked, long last)
    {
        (seat.Next, LossReason lost) = PositionRules.Judge(asked, Epoch, History.LastEvicted, last, HasHoles);
        seat.LossKnownTo = History.LastEvicted;
        Seats.Add(seat);
        return lost;
    }

    internal void Detach(Seat seat)
    {
        lock (Gate) Seats.Remove(seat);
    }

    /// <summary>Nothing more comes, and who waits is let go. Under <see cref="Gate"/>; the caller tells the seats and calls the waiters.</summary>
    internal (Seat[] Seats, int Count, Action[] Waiters) End()
    {
        IsEnded = true;
        joined?.Clear();
        Seat[] told = [];
        int count = Seats.CopyTo(ref told);
        Seats.Clear();
        return (told, count, TakeWaiters(long.MaxValue));
    }

    /// <summary>Copies references of messages from <paramref name="seat"/>'s next on that are wanted.</summary>
    /// <param name="seat">Its lock is held by the caller.</param>
    /// <param name="into">Gets the messages; the caller releases them.</param>
    /// <param name="filter">Which are wanted; null for all.</param>
    internal SeatRead Read(Seat seat, Span<PublishedMessage?> into, EventFilter? filter)
    {
        lock (Gate)
        {
            long now = hub.NowMs;
            seat.HasNews = false;
            if (IsEnded) return default;
            SeatLoss loss = SeatReading.Judge(seat, this, policy, filter, hub.Counters);
            int count = loss.Ends ? 0 : SeatReading.Copy(seat, this, into, filter, now);
            return new(count, loss, now, History.LastEvicted);
        }
    }

    /// <summary>Gives a seat what another has read and joined before it.</summary>
    /// <returns>False when there is no such batch, or the subscriber has to be told something first: <see cref="Read"/> then.</returns>
    internal bool TryReadJoined(Seat seat, MessageFormat format, out JoinedBatch batch)
    {
        batch = default;
        lock (Gate)
        {
            if (joined is null || IsEnded || seat.WasRefused || SeatReading.WasEvicted(seat, this)) return false;
            if (!joined.TryFind(format, seat.Next, hub.NowMs, History.LastEvicted, out batch)) return false;
            (seat.ReadTo, seat.HasNews) = (batch.ReadTo, batch.ReadTo < Readable);
            return true;
        }
    }

    /// <summary>Joins what a seat has just read, and keeps it for the others, and for polls that come back a moment later.</summary>
    /// <param name="seat">Its lock is held by the caller.</param>
    /// <param name="messages">What it has read.</param>
    /// <param name="read">When, and from where; see <see cref="Read"/>.</param>
    /// <param name="format">In which form.</param>
    /// <param name="batch">The messages; their block's one reference beside the feed's own goes to the caller.</param>
    /// <returns>False when there is none, or they are better handed over one by one.</returns>
    internal bool TryJoin(Seat seat, ReadOnlySpan<PublishedMessage?> messages, in SeatRead read, MessageFormat format, out JoinedBatch batch)
    {
        batch = default;
        if (messages.IsEmpty || !JoinedBatches.TryJoin(messages, format, out JoinedMessages together)) return false;
        batch = new(format, seat.Next, seat.ReadTo, read.NowMs, read.LastEvicted, together);
        lock (Gate)
            if (!IsEnded) (joined ??= new()).Keep(batch);
        return true;
    }

    /// <summary>Lets go of what was joined. Under <see cref="Gate"/>.</summary>
    internal void DropJoined() => joined?.Clear();

    /// <summary>Whether so much waits for a seat that its subscriber is to be ended at once.</summary>
    internal bool IsTooSlow(Seat seat)
    {
        if (policy.Kind != SlowKind.Disconnect || policy is { MaxMessages: long.MaxValue, MaxBytes: long.MaxValue }) return false;
        lock (Gate) return seat.IsLive && policy.IsTooMuch(SeatReading.MessagesBehind(seat, this), SeatReading.BytesBehind(seat, this));
    }
}
