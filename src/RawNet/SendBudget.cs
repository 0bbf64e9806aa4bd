namespace RawNet;

/// <summary>
/// Bounds what all send queues together hold: one object, given to each of them by <see cref="SendQueueOptions.Budget"/>. While it is spent,
/// each queue's own bound counts as <see cref="FloorBytes"/> at most. So nobody is stuck, and the total stays below <see cref="MaxBytes"/>
/// and, for each connection, the floor, what the protocol owes, and one message. Any thread; nothing is allocated.
/// </summary>
/// <remarks>Bytes that several queues share are counted in each of them: memory in use is at most what is counted.</remarks>
public sealed class SendBudget
{
    // Whether it is spent may change between any two looks of a queue, and still nobody waits for ever:
    // - Who is refused has more than half of the bound in force queued. If it then asks to be told of room, either there is room, since the
    //   bound has grown meanwhile, and trying again is right; or the queue remembers whom to tell, and is not empty.
    // - A queue that is not empty is sent, or ends by its own deadlines, whatever the others do. Each send compares with the bound in force, and
    //   the last one leaves 0, at most half of any bound: so whoever waits is told.
    // - Who was told, and finds the bound smaller by now, is refused, and is in the first case again.
    // One who waits with WaitForRoomAsync keeps the half that was in force when it began: its own queue's sends reach that too.

    /// <summary>What each queue may hold while the budget is spent, in bytes: one send, so that a connection that is being taken from stays busy.</summary>
    public const int FloorBytes = SendQueue.MaxSendBytes;

    long queued, refused;

    /// <summary>Makes one of which nothing is used.</summary>
    /// <param name="maxBytes">What <see cref="MaxBytes"/> says.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public SendBudget(long maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        MaxBytes = maxBytes;
    }

    /// <summary>A quarter of the memory that the process may use, by its container's limit where it has one: bytes, in whole MiB.</summary>
    public static long QuarterOfMemory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 >> 20 << 20;

    /// <summary>Bytes in all queues beyond which it is spent.</summary>
    public long MaxBytes { get; }

    /// <summary>Bytes that wait or are being sent now, in all queues.</summary>
    public long QueuedBytes => Volatile.Read(ref queued);

    /// <summary>How often a write was refused that its own queue's bound would have let in.</summary>
    public long RefusedWrites => Volatile.Read(ref refused);

    /// <summary>Whether the queues must be content with less.</summary>
    internal bool IsSpent => QueuedBytes > MaxBytes;

    /// <summary>So many bytes were queued; or, negative, have left.</summary>
    internal void Add(int count) => Interlocked.Add(ref queued, count);

    /// <summary>A write was refused for the total.</summary>
    internal void CountRefused() => Interlocked.Increment(ref refused);
}
