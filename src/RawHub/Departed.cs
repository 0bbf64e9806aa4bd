namespace RawHub;

/// <summary>
/// What was lost in channels that are gone, for who comes back with the cursor of a pattern. It remembers the latest by name, and
/// of those before only that something was lost: so it may tell of a loss that was another pattern's, never keep one quiet.
/// </summary>
/// <remarks>Any thread.</remarks>
internal sealed class Departed
{
    internal const int MaxNames = 4096;

    readonly Lock gate = new();
    readonly Queue<(ChannelName Name, long LastLost)> latest = [];
    long before;

    /// <summary>Channels that are still known by name.</summary>
    internal int Count
    {
        get { lock (gate) return latest.Count; }
    }

    /// <summary>The highest sequence that was lost in any of them.</summary>
    internal long LastLost
    {
        get
        {
            lock (gate)
            {
                long highest = before;
                foreach ((_, long lastLost) in latest) highest = Math.Max(highest, lastLost);
                return highest;
            }
        }
    }

    /// <summary>A restored hub knows only how far something was lost.</summary>
    internal void Begin(long lastLost)
    {
        lock (gate) before = Math.Max(before, lastLost);
    }

    /// <summary>A channel is gone.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lastLost">The highest sequence of a message of it that is no longer kept; 0 for none.</param>
    internal void Add(ChannelName name, long lastLost)
    {
        if (lastLost == 0) return;
        lock (gate)
        {
            latest.Enqueue((name, lastLost));
            if (latest.Count > MaxNames) before = Math.Max(before, latest.Dequeue().LastLost);
        }
    }

    /// <summary>The highest sequence that <paramref name="pattern"/> may have lost.</summary>
    internal long LastLostBy(ChannelPattern pattern)
    {
        lock (gate)
        {
            long highest = before;
            foreach ((ChannelName name, long lastLost) in latest)
                if (lastLost > highest && pattern.Matches(name)) highest = lastLost;
            return highest;
        }
    }
}
