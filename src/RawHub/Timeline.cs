using System.Buffers;

namespace RawHub;

/// <summary>
/// The one order of all messages of a hub: gives sequences, hands each message to the store and to the patterns that mean it, and
/// says from when on it may be delivered: at once, or once the store has it.
/// </summary>
/// <remarks>One lock, taken after a channel's and before a pattern's. Any thread.</remarks>
internal sealed class Timeline
{
    readonly Lock gate = new();
    readonly Queue<(Channel Channel, long Offset, long Record)> pending = [];
    readonly Queue<(long Record, Action Once)> waiters = [];
    Gathering[] gatherings = [];
    long version, last, visible, committed;
    bool hasFailed;

    /// <summary>In the place of a record that the store did not take: never committed, and decided at once.</summary>
    internal const long Refused = -1;

    /// <summary>The sequence given last.</summary>
    internal long Last => Volatile.Read(ref last);

    /// <summary>Where messages are written down; null for nowhere. Set before anything is published.</summary>
    internal IHubStore? Store { get; set; }

    /// <summary>The last sequence up to which everything may be delivered.</summary>
    internal long Visible
    {
        get { lock (gate) return visible; }
    }

    /// <summary>Whether the store takes nothing any more.</summary>
    internal bool HasFailed => Volatile.Read(ref hasFailed);

    /// <summary>Whether the store has this record, or none was needed (0).</summary>
    internal bool IsCommitted(long record) => record != Refused && record <= Volatile.Read(ref committed);

    /// <summary>A restored hub goes on behind what it had.</summary>
    internal void Restore(long sequence) => last = visible = Math.Max(last, sequence);

    /// <summary>Takes over a message that has its id. Under its channel's lock.</summary>
    /// <param name="channel">Its channel.</param>
    /// <param name="message">The message.</param>
    /// <param name="what">What the store has to know besides.</param>
    /// <param name="commit">The record it waits for; 0 for none.</param>
    /// <returns>False, and it is not taken, when the store takes nothing any more.</returns>
    internal bool TryAppend(Channel channel, PublishedMessage message, in Publication what, out long commit)
    {
        commit = 0;
        if (Store is null) return Append(channel, message);
        if (channel.GatheringsVersion != Volatile.Read(ref version)) Refresh(channel); // their seats are counted
        byte[] rented = ArrayPool<byte>.Shared.Rent(HubRecord.MaxLengthOf(message, what));
        int length = HubRecord.WriteMessage(message, what, (int)channel.CountSeats(), rented);
        try
        {
            lock (gate)
            {
                message.Sequence = last + 1;
                HubRecord.SetSequence(rented, message.Sequence);
                commit = hasFailed ? 0 : Store.Append(rented.AsSpan(0, length));
                if (commit == 0) return false;
                Volatile.Write(ref last, message.Sequence);
                pending.Enqueue((channel, message.Offset, commit));
                channel.IsWritten = true;
                channel.Feed.Append(message, message.Offset);
                return true;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    bool Append(Channel channel, PublishedMessage message)
    {
        lock (gate)
        {
            message.Sequence = last + 1;
            Volatile.Write(ref last, message.Sequence);
            channel.Feed.Append(message, message.Offset);
            RevealNow(channel, message);
            return true;
        }
    }

    /// <summary>The store has this message: it may be delivered. Under its channel's lock.</summary>
    internal void Reveal(Channel channel, PublishedMessage message)
    {
        lock (gate) RevealNow(channel, message);
    }

    void RevealNow(Channel channel, PublishedMessage message)
    {
        visible = message.Sequence;
        RefreshNow(channel);
        channel.Feed.Reveal(message.Offset);
        foreach (Gathering gathering in channel.Gatherings) gathering.Append(message);
    }

    /// <summary>Writes down that there is a channel, so that its epoch stays also when nothing was published to it. Under its lock.</summary>
    internal void AppendBirth(Channel channel)
    {
        if (Store is null || channel.IsWritten) return;
        Span<byte> record = stackalloc byte[HubRecord.MaxChannelLength];
        int length = HubRecord.WriteListEntry(channel, record);
        lock (gate) channel.IsWritten = !hasFailed && Store.Append(record[..length]) != 0;
    }

    /// <summary>Writes down that a channel was deleted. Under its lock. Returns the record to wait for; 0 for none, <see cref="Refused"/> when it is not taken.</summary>
    internal long AppendDeletion(Channel channel)
    {
        if (Store is null) return 0;
        Span<byte> record = stackalloc byte[HubRecord.MaxChannelLength];
        int length = HubRecord.WriteDeletion(channel, record);
        lock (gate) return !hasFailed && Store.Append(record[..length]) is var number and not 0 ? number : Refused;
    }

    /// <summary>The store has everything up to <paramref name="record"/>. Called by the store's one thread.</summary>
    internal void Commit(long record, long mark)
    {
        while (NextPending(record) is { } next) next.Channel.Commit(next.Offset, mark);
        Volatile.Write(ref committed, record);
        LetWaitersGo(record);
    }

    /// <summary>The store takes nothing any more: what waits for it is never delivered, and who waits is told.</summary>
    internal void Fail()
    {
        lock (gate) hasFailed = true;
        LetWaitersGo(long.MaxValue);
    }

    /// <summary>Calls <paramref name="once"/> when the store has this record, or never will. Must neither wait nor throw.</summary>
    internal void WhenDecided(long record, Action once)
    {
        lock (gate)
        {
            if (!hasFailed && record > committed)
            {
                waiters.Enqueue((record, once));
                return;
            }
        }
        once();
    }

    (Channel Channel, long Offset)? NextPending(long record)
    {
        lock (gate)
        {
            if (!pending.TryPeek(out var first) || first.Record > record) return null;
            pending.Dequeue();
            return (first.Channel, first.Offset);
        }
    }

    // Publishers ask in about the order of their records; one that asks a little late waits for those before it.
    void LetWaitersGo(long record)
    {
        while (true)
        {
            Action once;
            lock (gate)
            {
                if (!waiters.TryPeek(out var first) || first.Record > record) return;
                once = waiters.Dequeue().Once;
            }
            once();
        }
    }

    /// <summary>Lets a pattern gather: it gets what is published from now on.</summary>
    /// <returns>The last sequence before that.</returns>
    internal long Add(Gathering gathering)
    {
        lock (gate)
        {
            (gatherings, version) = ([.. gatherings, gathering], version + 1);
            return visible;
        }
    }

    /// <summary>Gives a seat at a pattern its place: here, so that nothing is published between the look and the seat.</summary>
    internal void Attach(Gathering gathering, Seat seat, StartRequest asked, out LossReason lost)
    {
        lock (gate)
        {
            lock (gathering.Feed.Gate) lost = gathering.Feed.Attach(seat, asked, visible);
        }
    }

    internal void Remove(Gathering gathering)
    {
        lock (gate) (gatherings, version) = (Array.FindAll(gatherings, one => one != gathering), version + 1);
    }

    /// <summary>Has a channel know the patterns that mean it. Under the channel's lock.</summary>
    internal void Refresh(Channel channel)
    {
        if (channel.GatheringsVersion == Volatile.Read(ref version)) return;
        lock (gate) RefreshNow(channel);
    }

    /// <summary>Whether a pattern that somebody is subscribed to means a channel.</summary>
    internal bool Mean(ChannelName name)
    {
        lock (gate) return Array.Exists(gatherings, one => one.Feed.SeatCount > 0 && one.Feed.Name.Matches(name));
    }

    void RefreshNow(Channel channel)
    {
        if (channel.GatheringsVersion == version) return;
        channel.GatheringsVersion = version;
        channel.Gatherings = ThatMean(channel.Name);
    }

    // In a method of its own: what the search holds on to is made only when it is needed, not with each message.
    Gathering[] ThatMean(ChannelName name) => Array.FindAll(gatherings, one => one.Feed.Name.Matches(name));
}
