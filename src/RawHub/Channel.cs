namespace RawHub;

/// <summary>One named stream: gives offsets and keeps history, bounded by count, bytes and age.</summary>
/// <remarks>Its state is guarded by its feed's lock. Any thread.</remarks>
public sealed partial class Channel
{
    readonly Hub hub;
    long idleSinceMs = InUse;
    long nextExpiryMs = long.MaxValue;

    const long InUse = long.MaxValue;

    internal Channel(Hub hub, ChannelName name, Epoch epoch)
    {
        (this.hub, Name) = (hub, name);
        Feed = new(hub, new(name), epoch, Trim);
    }

    /// <summary>The channel's name.</summary>
    public ChannelName Name { get; }

    /// <summary>This life of the channel.</summary>
    public Epoch Epoch => Feed.Epoch;

    internal Feed Feed { get; }

    /// <summary>The patterns that mean this channel and are subscribed to. Under the timeline's lock.</summary>
    internal Gathering[] Gatherings { get; set; } = [];

    /// <summary>Which change of the patterns <see cref="Gatherings"/> knows of. Under the timeline's lock.</summary>
    internal long GatheringsVersion { get; set; } = -1;

    /// <summary>The store knows of this life of the channel. Under the feed's lock.</summary>
    internal bool IsWritten { get; set; }

    /// <summary>When it was last published or subscribed to, in the hub's sequence.</summary>
    internal long LastUse { get; private set; }

    /// <summary>The highest sequence of a message that is no longer kept though somebody might have wanted it.</summary>
    internal long LastLostSequence { get; private set; }

    /// <summary>Calls <paramref name="once"/> when every message published so far was offered to all subscriptions, or the channel is gone.</summary>
    /// <param name="once">Must neither wait nor throw. Runs at once, on this thread, when nothing is waiting.</param>
    public void WhenDispatched(Action once)
    {
        Feed behind = Feed;
        foreach (Gathering gathering in Gatherings)
            if (gathering.Feed.Backlog > behind.Backlog) behind = gathering.Feed;
        if (!behind.NotifyWhenOffered(once)) once();
    }

    /// <summary>Takes over one reference to <paramref name="message"/>, unless the result is refused.</summary>
    /// <returns>False, and nothing taken, when the channel is gone.</returns>
    internal bool TryAppend(PublishedMessage message, in Publication what, out PublishResult result)
    {
        result = default;
        long commit, subscribers, backlog;
        MessageId id;
        lock (Feed.Gate)
        {
            if (Feed.IsEnded) return false;
            id = new(Epoch, Feed.History.Last + 1);
            message.Place(Name, id);
            nextExpiryMs = Math.Min(nextExpiryMs, message.ExpiresMs);
            if (!hub.Timeline.TryAppend(this, message, what, out commit))
            {
                result = PublishResult.Refused(PublishRefusal.StoreFailed);
                return true;
            }
            (idleSinceMs, LastUse) = (InUse, message.Sequence);
            Trim();
            (subscribers, backlog) = (CountSeats(), LargestBacklog());
        }
        WakeAll();
        result = new(this, id, (int)subscribers, backlog, commit);
        return true;
    }

    internal long CountSeats()
    {
        long count = Feed.SeatCount;
        foreach (Gathering gathering in Gatherings) count += gathering.Feed.SeatCount;
        return count;
    }

    long LargestBacklog()
    {
        long largest = Feed.Backlog;
        foreach (Gathering gathering in Gatherings) largest = Math.Max(largest, gathering.Feed.Backlog);
        return largest;
    }

    internal void WakeAll()
    {
        Feed.Wake();
        foreach (Gathering gathering in Gatherings) gathering.Feed.Wake();
    }

    /// <summary>A message that the store has is delivered from now on. Offsets come in order.</summary>
    internal void Commit(long offset, long mark)
    {
        lock (Feed.Gate)
        {
            if (Feed.IsEnded) return;
            PublishedMessage message = Feed.History.At(Feed.History.IndexFrom(offset))!;
            message.Mark = mark;
            hub.Options.Store?.Keep(mark);
            hub.Timeline.Reveal(this, message);
            Trim();
        }
        WakeAll();
    }

    /// <summary>Gives <paramref name="seat"/> a place from which it misses nothing. False when the channel is gone.</summary>
    internal bool TryAttach(Seat seat, StartRequest asked, out LossReason lost)
    {
        lock (Feed.Gate)
        {
            lost = LossReason.None;
            if (Feed.IsEnded) return false;
            hub.Timeline.AppendBirth(this);
            lost = Feed.Attach(seat, asked, Feed.Visible);
            (idleSinceMs, LastUse) = (InUse, hub.Timeline.Last);
            return true;
        }
    }

    /// <summary>Ends this life of the channel: its history goes, its subscriptions are told. False when it is gone already.</summary>
    /// <param name="commit">The record to wait for; 0 for none; <see cref="Timeline.Refused"/> when the store does not take it, and the channel stays.</param>
    /// <param name="isWritten">The store knows already.</param>
    internal bool Delete(out long commit, bool isWritten = false)
    {
        (Seat[] Seats, int Count, Action[] Waiters) end;
        lock (Feed.Gate)
        {
            commit = 0;
            if (Feed.IsEnded) return false;
            commit = isWritten ? 0 : hub.Timeline.AppendDeletion(this);
            if (commit == Timeline.Refused) return true;
            end = Feed.End();
            while (Feed.History.Count > 0) Evict();
            Leave();
        }
        foreach (Seat seat in end.Seats.AsSpan(0, end.Count)) seat.Subscription.OnDeleted(seat);
        foreach (Action once in end.Waiters) once();
        return true;
    }

    /// <summary>Lets go what is too old or expired. True when the channel was idle and empty for so long that it ended just now.</summary>
    internal bool Tick(long nowMs)
    {
        lock (Feed.Gate)
        {
            Trim();
            if (nextExpiryMs <= nowMs) Expire(nowMs);
            Feed.History.ReleaseWhenEmpty();
            Feed.DropJoined();
            if (Feed.IsEnded || !Feed.IsIdle || Feed.History.Span > 0)
            {
                idleSinceMs = InUse;
                return false;
            }
            idleSinceMs = Math.Min(idleSinceMs, nowMs);
            if (nowMs - idleSinceMs < hub.Options.IdleChannelMs) return false;
            Feed.End();
            Leave();
            return true;
        }
    }

    /// <summary>Lets the oldest messages go until <paramref name="bytes"/> were freed or none may go. Returns the bytes freed.</summary>
    internal long Shrink(long bytes)
    {
        long freed = 0;
        lock (Feed.Gate)
        {
            while (freed < bytes && CanEvict())
            {
                freed += Feed.History.Oldest.Payload.Length;
                hub.Counters.CountEvictedForTotal(1);
                Evict();
            }
        }
        return freed;
    }

    void Trim()
    {
        while (CanEvict() && IsTooMuch()) Evict();
    }

    bool CanEvict() => Feed.History.Span > 0 && Feed.History.FirstPosition <= Feed.Offered;

    bool IsTooMuch() =>
        Feed.History.Count > hub.Options.HistoryMessages
        || Feed.History.Bytes > hub.Options.HistoryBytes
        || hub.NowMs - Feed.History.Oldest.BornMs > hub.Options.HistoryAgeMs;

    void Evict()
    {
        LastLostSequence = Math.Max(LastLostSequence, Feed.History.Oldest.Sequence);
        LetGo(Feed.History.EvictOldest(), isLost: true);
    }

    // One that is still to be offered stays: whoever reads it sees that it has expired.
    void Expire(long nowMs)
    {
        History history = Feed.History;
        nextExpiryMs = long.MaxValue;
        for (int i = history.Span - 1; i >= 0; i--)
        {
            if (history.At(i) is not { } message) continue;
            if (message.ExpiresMs <= nowMs && history.PositionAt(i) <= Feed.Offered) LetGo(history.Remove(history.PositionAt(i), isLost: false)!, isLost: false);
            else nextExpiryMs = Math.Min(nextExpiryMs, message.ExpiresMs);
        }
    }

    void LetGo(PublishedMessage message, bool isLost)
    {
        message.IsGone = true;
        foreach (Gathering gathering in Gatherings) gathering.LetGo(message.Sequence, isLost);
        hub.OnGone(message);
        message.Release();
    }

    // Who comes back with the cursor of a pattern is told what it lost here, though the channel is gone.
    void Leave() => hub.Departed.Add(Name, LastLostSequence);

    /// <summary>Copies references of what may be delivered, up to a sequence, for a pattern that begins to gather.</summary>
    internal void CopyTo(List<PublishedMessage> kept, long upToSequence)
    {
        lock (Feed.Gate)
        {
            hub.Timeline.Refresh(this);
            int end = Feed.History.IndexFrom(Feed.Visible + 1);
            for (int i = 0; i < end; i++)
            {
                if (Feed.History.At(i) is not { } message || message.Sequence > upToSequence) continue;
                message.AddRef();
                kept.Add(message);
            }
        }
    }

    /// <summary>Who is subscribed, by name or by a pattern.</summary>
    internal IReadOnlyList<PresentSubscriber> Subscribers()
    {
        List<PresentSubscriber> present = [];
        lock (Feed.Gate)
        {
            hub.Timeline.Refresh(this);
            Feed.Seats.AddTo(present, Feed.Name);
            foreach (Gathering gathering in Gatherings)
                lock (gathering.Feed.Gate) gathering.Feed.Seats.AddTo(present, gathering.Feed.Name);
        }
        return present;
    }

    internal bool HasSubscribers()
    {
        lock (Feed.Gate)
        {
            hub.Timeline.Refresh(this);
            return CountSeats() > 0;
        }
    }

    internal ChannelInfo Describe()
    {
        lock (Feed.Gate)
        {
            hub.Timeline.Refresh(this);
            Span<int> byKind = stackalloc int[3];
            for (TransportKind kind = 0; (int)kind < byKind.Length; kind++)
            {
                byKind[(int)kind] = Feed.Seats.CountOf(kind);
                foreach (Gathering gathering in Gatherings) byKind[(int)kind] += gathering.Feed.Seats.CountOf(kind);
            }
            return new(Name, byKind[0], byKind[1], byKind[2], Feed.History.Count, Feed.History.Bytes, new(Epoch, Feed.Visible));
        }
    }
}
