namespace RawHub;

/// <summary>What all channels keep together, and its bound: beyond it those unused for longest shrink first. Any thread.</summary>
internal sealed class TotalBytes(Hub hub)
{
    long bytes;
    int shrinking;

    internal long Bytes => Volatile.Read(ref bytes);

    /// <summary>So much more is kept. Without a lock held.</summary>
    internal void Add(int count)
    {
        if (Interlocked.Add(ref bytes, count) > hub.Options.HistoryTotalBytes) Shrink();
    }

    internal void Subtract(int count) => Interlocked.Add(ref bytes, -count);

    // A tenth below the bound, so that the search for the least recently used pays for many messages.
    void Shrink()
    {
        if (Interlocked.Exchange(ref shrinking, 1) == 1) return;
        long enough = hub.Options.HistoryTotalBytes / 10 * 9;
        Channel[] leastRecent = new List<Channel>(hub.Channels).ToArray();
        Array.Sort(Array.ConvertAll(leastRecent, static channel => channel.LastUse), leastRecent); // read once: it changes meanwhile
        foreach (Channel channel in leastRecent)
        {
            long excess = Bytes - enough;
            if (excess <= 0) break;
            channel.Shrink(excess);
        }
        Volatile.Write(ref shrinking, 0);
    }
}
