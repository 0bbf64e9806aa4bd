namespace RawHub;

/// <summary>
/// Messages in the order of their positions, in a ring. A position is a channel's offset, or for a pattern, which gathers several
/// channels, the hub's sequence: growing, with gaps. Messages leave at the front, one by one, or from the middle, which leaves a
/// hole. Used under its feed's lock only.
/// </summary>
internal sealed class History
{
    const int FirstRoom = 4;

    // Of one length, a power of two, so an index's low bits are its place.
    PublishedMessage?[] ring = [];
    long[] positions = [];
    long firstIndex;

    /// <summary>The position given last; 0 when none was given yet.</summary>
    internal long Last { get; private set; }

    /// <summary>The highest position whose message is no longer kept though a subscriber might have wanted it; 0 for none.</summary>
    internal long LastEvicted { get; private set; }

    /// <summary>Messages kept.</summary>
    internal int Count { get; private set; }

    /// <summary>Messages kept and the holes between them.</summary>
    internal int Span { get; private set; }

    /// <summary>Bytes of data kept.</summary>
    internal long Bytes { get; private set; }

    /// <summary>The oldest message, for who knows that there is one.</summary>
    internal PublishedMessage Oldest => ring[Place(0)]!;

    /// <summary>The position of the oldest entry; one past the last when nothing is kept.</summary>
    internal long FirstPosition => Span == 0 ? Last + 1 : positions[Place(0)];

    /// <summary>The message of the <paramref name="index"/>th entry; null for a hole.</summary>
    internal PublishedMessage? At(int index) => ring[Place(index)];

    /// <summary>The position of the <paramref name="index"/>th entry.</summary>
    internal long PositionAt(int index) => positions[Place(index)];

    /// <summary>Takes over the caller's reference.</summary>
    /// <param name="message">The message.</param>
    /// <param name="position">Higher than all before.</param>
    internal void Append(PublishedMessage message, long position)
    {
        if (Span == ring.Length) Grow();
        int place = Place(Span++);
        (ring[place], positions[place]) = (message, position);
        (Last, Count, Bytes) = (position, Count + 1, Bytes + message.Payload.Length);
    }

    /// <summary>The index of the first entry at or behind <paramref name="position"/>; <see cref="Span"/> when there is none.</summary>
    internal int IndexFrom(long position)
    {
        if (Span == 0 || position > positions[Place(Span - 1)]) return Span;
        long guess = position - positions[Place(0)]; // right where positions have no gaps
        if (guess <= 0) return 0;
        if (guess < Span && positions[Place((int)guess)] == position) return (int)guess;
        int low = 0, high = Span - 1;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (positions[Place(middle)] < position) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>Takes the oldest message out, whose reference goes to the caller; it counts as evicted.</summary>
    internal PublishedMessage EvictOldest()
    {
        LastEvicted = Math.Max(LastEvicted, positions[Place(0)]);
        return Take(0);
    }

    /// <summary>Takes a message out, whose reference goes to the caller; null when it is not here.</summary>
    /// <param name="position">Its position.</param>
    /// <param name="isLost">Whether who still wants it has lost something.</param>
    internal PublishedMessage? Remove(long position, bool isLost)
    {
        int index = IndexFrom(position);
        if (index == Span || PositionAt(index) != position || At(index) is null) return null;
        if (isLost) LastEvicted = Math.Max(LastEvicted, position);
        return Take(index);
    }

    /// <summary>What was at or before <paramref name="position"/> is not here and never will be: the beginning of a history that goes on.</summary>
    internal void BeginAfter(long position, long lastEvicted) => (Last, LastEvicted) = (Math.Max(Last, position), Math.Max(LastEvicted, lastEvicted));

    /// <summary>Gives the ring's memory back when nothing is kept.</summary>
    internal void ReleaseWhenEmpty()
    {
        if (Span == 0) (ring, positions) = ([], []);
    }

    PublishedMessage Take(int index)
    {
        ref PublishedMessage? place = ref ring[Place(index)];
        PublishedMessage taken = place!;
        place = null;
        Count--;
        Bytes -= taken.Payload.Length;
        while (Span > 0 && ring[Place(0)] is null) (firstIndex, Span) = (firstIndex + 1, Span - 1);
        return taken;
    }

    int Place(int index) => (int)(firstIndex + index & ring.Length - 1);

    void Grow()
    {
        PublishedMessage?[] grown = new PublishedMessage?[Math.Max(FirstRoom, ring.Length * 2)];
        long[] grownPositions = new long[grown.Length];
        for (int i = 0; i < Span; i++) (grown[i], grownPositions[i]) = (At(i), PositionAt(i));
        (ring, positions, firstIndex) = (grown, grownPositions, 0);
    }
}
