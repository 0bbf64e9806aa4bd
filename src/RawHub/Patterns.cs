namespace RawHub;

/// <summary>The patterns that are subscribed to. Any thread.</summary>
/// <remarks>Its lock is taken after a subscription's and before a channel's.</remarks>
internal sealed class Patterns(Hub hub)
{
    readonly Lock gate = new();
    readonly Dictionary<ChannelPattern, Gathering> gatherings = [];

    internal int Count
    {
        get { lock (gate) return gatherings.Count; }
    }

    /// <summary>Takes a seat at a pattern, which begins to gather if nobody had one.</summary>
    internal Seat? Attach(Subscription subscription, ChannelPattern pattern, StartRequest asked, out LossReason lost)
    {
        lock (gate)
        {
            if (!gatherings.TryGetValue(pattern, out Gathering? gathering)) gatherings.Add(pattern, gathering = Begin(pattern));
            Seat seat = new(subscription, gathering.Feed);
            hub.Timeline.Attach(gathering, seat, asked, out lost);
            return seat;
        }
    }

    // First it gets what is published from now on, then what its channels kept before: so nothing falls in between.
    Gathering Begin(ChannelPattern pattern)
    {
        Gathering gathering = new(hub, pattern);
        long from = hub.Timeline.Add(gathering);
        List<PublishedMessage> kept = [];
        foreach (Channel channel in hub.Channels)
            if (pattern.Matches(channel.Name)) channel.CopyTo(kept, from);
        long lastLost = 0;
        foreach (Channel channel in hub.Channels)
            if (pattern.Matches(channel.Name)) lastLost = Math.Max(lastLost, channel.LastLostSequence);
        gathering.Begin(kept, Math.Max(lastLost, hub.Departed.LastLostBy(pattern))); // asked last: a channel may have left meanwhile
        return gathering;
    }

    /// <summary>Ends those that nobody is subscribed to any more.</summary>
    internal void EndUnused()
    {
        lock (gate)
        {
            foreach ((ChannelPattern pattern, Gathering gathering) in gatherings)
            {
                if (!gathering.TryEnd()) continue;
                gatherings.Remove(pattern);
                hub.Timeline.Remove(gathering);
            }
        }
    }
}
