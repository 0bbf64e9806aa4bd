namespace RawHub;

/// <summary>
/// The messages a channel keeps, in a ring addressed by offset. Bounded by count, bytes and age, with one exception:
/// what is not dispatched yet is never evicted. Used under its channel's lock only.
/// </summary>
internal sealed class History(HubOptions options)
{
    const int FirstRoom = 4;

    // Its length is a power of two, so an offset's low bits are its place.
    PublishedMessage?[] ring = [];

    /// <summary>The offset given last; 0 when none was given yet.</summary>
    internal long Last { get; private set; }

    /// <summary>How many messages are kept.</summary>
    internal int Count { get; private set; }

    /// <summary>Bytes of data kept.</summary>
    internal long Bytes { get; private set; }

    /// <summary>The oldest offset kept; <see cref="Last"/> + 1 when nothing is.</summary>
    internal long First => Last - Count + 1;

    /// <summary>A kept message.</summary>
    internal PublishedMessage this[long offset] => Place(offset)!;

    ref PublishedMessage? Place(long offset) => ref ring[(int)(offset & (ring.Length - 1))];

    /// <summary>Takes over the caller's reference and gives the next offset to the message.</summary>
    internal void Append(PublishedMessage message)
    {
        if (Count == ring.Length) Grow();
        Last++;
        Count++;
        Bytes += message.Payload.Length;
        Place(Last) = message;
    }

    /// <summary>Evicts from the oldest on while a bound is passed, but nothing after <paramref name="dispatched"/>.</summary>
    internal void Trim(long dispatched, long nowMs)
    {
        while (Count > 0 && First <= dispatched && IsTooMuch(nowMs)) EvictFirst();
    }

    bool IsTooMuch(long nowMs) =>
        Count > options.HistoryMessages
        || Bytes > options.HistoryBytes
        || nowMs - this[First].BornMs > options.HistoryAgeMs;

    /// <summary>Evicts everything.</summary>
    internal void Clear()
    {
        while (Count > 0) EvictFirst();
        ring = [];
    }

    /// <summary>Gives the ring's memory back when nothing is kept.</summary>
    internal void ReleaseWhenEmpty()
    {
        if (Count == 0) ring = [];
    }

    void EvictFirst()
    {
        ref PublishedMessage? place = ref Place(First);
        PublishedMessage evicted = place!;
        place = null;
        Count--;
        Bytes -= evicted.Payload.Length;
        evicted.Release();
    }

    void Grow()
    {
        PublishedMessage?[] old = ring;
        ring = new PublishedMessage?[Math.Max(FirstRoom, old.Length * 2)];
        for (long offset = First; offset <= Last; offset++) Place(offset) = old[(int)(offset & (old.Length - 1))];
    }
}
