namespace RawHub.Tests;

/// <summary>A store that keeps records in a list and commits when it is told to, or at once.</summary>
sealed class MemoryStore : IHubStore
{
    internal List<byte[]> Records { get; } = [];
    internal Dictionary<long, int> Kept { get; } = [];
    internal bool Refuses { get; set; }
    internal Action? Before { get; set; }

    public long Append(ReadOnlySpan<byte> record)
    {
        Before?.Invoke();
        if (Refuses) return 0;
        Records.Add(record.ToArray());
        return Records.Count;
    }

    public void Keep(long mark)
    {
        lock (Kept) Kept[mark] = Kept.GetValueOrDefault(mark) + 1;
    }

    public void Forget(long mark)
    {
        lock (Kept)
            if (--Kept[mark] == 0) Kept.Remove(mark);
    }

    /// <summary>Makes a hub from the records of another life.</summary>
    internal static HubFixture Restore(IEnumerable<byte[]> records, out MemoryStore store, long nowUnixMs = 0, int messages = 1000, long ageMs = 3_600_000, SlowPolicy slow = default)
    {
        store = new();
        HubFixture fixture = new(messages: messages, ageMs: ageMs, slow: slow, store: store);
        HubRestore restore = new(fixture.Hub, nowUnixMs);
        long mark = 0;
        foreach (byte[] record in records) Assert.True(restore.Read(record, ++mark));
        return fixture;
    }
}
