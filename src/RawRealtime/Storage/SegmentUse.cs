namespace RawRealtime.Storage;

/// <summary>How many kept messages each file of the journal holds, so that a file goes once it holds none. Any thread.</summary>
internal sealed class SegmentUse
{
    readonly Lock gate = new();
    readonly Dictionary<long, int> kept = [];
    long active;

    /// <summary>A new segment is written to from now on.</summary>
    public void Begin(long segment)
    {
        lock (gate)
        {
            active = segment;
            kept.TryAdd(segment, 0);
        }
    }

    /// <summary>The segment that is written to.</summary>
    public long Active
    {
        get { lock (gate) return active; }
    }

    /// <summary>One message of a segment more is kept.</summary>
    public void Keep(long segment)
    {
        lock (gate) kept[segment] = kept.GetValueOrDefault(segment) + 1;
    }

    /// <summary>One message of a segment less is kept.</summary>
    /// <param name="segment">Which one.</param>
    /// <param name="mayTake">False leaves the segment to <see cref="TakeUnused"/>.</param>
    /// <returns>True when nothing holds the segment any more, and it is named now.</returns>
    public bool Forget(long segment, bool mayTake)
    {
        lock (gate) return --kept[segment] == 0 && mayTake && TryTake(segment);
    }

    /// <summary>The segments that nothing holds any more, each named once.</summary>
    public IReadOnlyList<long> TakeUnused()
    {
        lock (gate) return [.. kept.Keys.Order().ToArray().Where(segment => kept[segment] == 0 && TryTake(segment))];
    }

    // The one written to is named once there is another.
    bool TryTake(long segment) => segment != active && kept.Remove(segment);
}
