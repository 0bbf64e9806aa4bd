namespace RawHub;

/// <summary>What happened in a hub since it began, counted. Any thread.</summary>
public sealed class HubCounters
{
    long published, disconnected, dropped, evictedForTotal;

    /// <summary>Messages published.</summary>
    public long Published => Volatile.Read(ref published);

    /// <summary>Subscribers ended because they were too slow.</summary>
    public long Disconnected => Volatile.Read(ref disconnected);

    /// <summary>Messages that slow subscribers lost, each counted for each of them.</summary>
    public long Dropped => Volatile.Read(ref dropped);

    /// <summary>Messages that left early because all channels together kept too much.</summary>
    public long EvictedForTotal => Volatile.Read(ref evictedForTotal);

    internal void CountPublished() => Interlocked.Increment(ref published);

    internal void CountDisconnected() => Interlocked.Increment(ref disconnected);

    internal void CountDropped(long messages) => Interlocked.Add(ref dropped, messages);

    internal void CountEvictedForTotal(long messages) => Interlocked.Add(ref evictedForTotal, messages);
}
