namespace RawHub;

/// <summary>One named stream: gives offsets, keeps history, and wakes its subscriptions, which pull from it.</summary>
/// <remarks>
/// One lock, never held during a callback. Lock order: subscription, then channel. Messages up to <c>dispatched</c>
/// were offered to every subscription; only those may be evicted, so a subscription that keeps up never misses one.
/// </remarks>
public sealed class Channel : IHubWork
{
    readonly Hub hub;
    readonly Lock gate = new();
    readonly History history;
    readonly SeatList seats = new();
    readonly List<(long Offset, Action Once)> waiters = [];
    Seat[] dispatching = [];
    long dispatched;
    long idleSinceMs = InUse;
    bool isScheduled;
    bool isRetired;

    const long InUse = long.MaxValue;

    internal Channel(Hub hub, ChannelName name)
    {
        this.hub = hub;
        Name = name;
        Epoch = hub.Options.DrawEpoch();
        history = new(hub.Options);
    }

    /// <summary>The channel's name.</summary>
    public ChannelName Name { get; }

    /// <summary>This life of the channel.</summary>
    public Epoch Epoch { get; }

    /// <summary>Calls <paramref name="once"/> when every message published so far was offered to all subscriptions, or the channel is gone.</summary>
    /// <param name="once">Must neither wait nor throw. Runs at once, on this thread, when nothing is waiting.</param>
    public void WhenDispatched(Action once)
    {
        lock (gate)
        {
            if (!isRetired && dispatched < history.Last)
            {
                waiters.Add((history.Last, once));
                return;
            }
        }
        once();
    }

    /// <summary>Takes over one reference to <paramref name="message"/>. False, and nothing taken, when the channel is gone.</summary>
    internal bool TryAppend(PublishedMessage message, out PublishResult result)
    {
        bool schedules;
        lock (gate)
        {
            result = default;
            if (isRetired) return false;
            MessageId id = new(Epoch, history.Last + 1);
            message.Place(Name, id);
            history.Append(message);
            idleSinceMs = InUse;
            schedules = !isScheduled && seats.Count > 0;
            isScheduled |= schedules;
            if (!isScheduled) dispatched = history.Last;
            history.Trim(dispatched, hub.NowMs);
            result = new(this, id, seats.Count, history.Last - dispatched);
        }
        if (schedules) hub.Scheduler.Schedule(this);
        return true;
    }

    /// <summary>Offers what is new to every subscription. Called by the scheduler only.</summary>
    public void Execute()
    {
        long head;
        int count;
        lock (gate)
        {
            head = history.Last;
            count = seats.CopyTo(ref dispatching);
        }
        foreach (Seat seat in dispatching.AsSpan(0, count)) seat.Subscription.OnNews(seat);
        dispatching.AsSpan(0, count).Clear();
        FinishDispatch(head);
    }

    void FinishDispatch(long head)
    {
        bool more;
        Action[] due;
        lock (gate)
        {
            dispatched = head;
            history.Trim(dispatched, hub.NowMs);
            more = !isRetired && history.Last > head;
            isScheduled = more;
            due = TakeWaiters(head);
        }
        if (more) hub.Scheduler.Schedule(this);
        foreach (Action once in due) once();
    }

    // Waiters stand in the order of their offsets.
    Action[] TakeWaiters(long upTo)
    {
        int due = 0;
        while (due < waiters.Count && waiters[due].Offset <= upTo) due++;
        if (due == 0) return [];
        Action[] taken = new Action[due];
        for (int i = 0; i < due; i++) taken[i] = waiters[i].Once;
        waiters.RemoveRange(0, due);
        return taken;
    }

    /// <summary>Copies references of messages from <paramref name="seat"/>'s next on, and says whether more are left.</summary>
    /// <param name="seat">Its lock is held by the caller.</param>
    /// <param name="into">Gets the messages; the caller releases them.</param>
    /// <param name="first">The offset of the first one; past the seat's next when that is no longer kept.</param>
    internal int Read(Seat seat, Span<PublishedMessage?> into, out long first)
    {
        lock (gate)
        {
            first = Math.Max(seat.Next, isRetired ? 0 : history.First);
            long available = isRetired ? 0 : history.Last - first + 1;
            int count = (int)Math.Min(available, into.Length);
            for (int i = 0; i < count; i++)
            {
                into[i] = history[first + i];
                into[i]!.AddRef();
            }
            seat.HasNews = count < available;
            return count;
        }
    }

    /// <summary>Gives <paramref name="seat"/> a place from which it misses nothing. False when the channel is gone.</summary>
    internal bool TryAttach(Seat seat, StartRequest asked, out LossReason lost)
    {
        lock (gate)
        {
            lost = LossReason.None;
            if (isRetired) return false;
            (seat.Next, lost) = PositionRules.Judge(asked, Epoch, history.First, history.Last);
            seats.Add(seat);
            idleSinceMs = InUse;
            return true;
        }
    }

    internal void Detach(Seat seat)
    {
        lock (gate) seats.Remove(seat);
    }

    /// <summary>Ends this life of the channel: its history goes, its subscriptions are told. False when it is gone already.</summary>
    internal bool Delete()
    {
        int count;
        Seat[] told = [];
        Action[] due;
        lock (gate)
        {
            if (isRetired) return false;
            isRetired = true;
            count = seats.CopyTo(ref told);
            seats.Clear();
            history.Clear();
            due = TakeWaiters(history.Last);
        }
        foreach (Seat seat in told.AsSpan(0, count)) seat.Subscription.OnDeleted(seat);
        foreach (Action once in due) once();
        return true;
    }

    /// <summary>Evicts by age. True when the channel was idle and empty for so long that it ended just now.</summary>
    internal bool Tick(long nowMs)
    {
        lock (gate)
        {
            history.Trim(dispatched, nowMs);
            history.ReleaseWhenEmpty();
            if (isRetired || isScheduled || seats.Count > 0 || history.Count > 0)
            {
                idleSinceMs = InUse;
                return false;
            }
            idleSinceMs = Math.Min(idleSinceMs, nowMs);
            return isRetired = nowMs - idleSinceMs >= hub.Options.IdleChannelMs;
        }
    }

    internal ChannelInfo Describe()
    {
        lock (gate)
        {
            return new(Name, seats.CountOf(TransportKind.WebSocket), seats.CountOf(TransportKind.Events),
                seats.CountOf(TransportKind.Poll), history.Count, history.Bytes, new(Epoch, history.Last));
        }
    }
}
