using RawJournal.Wire;

namespace RawJournal;

/// <summary>What the writer takes at once.</summary>
/// <param name="UpToIndex">The last record of the batch.</param>
/// <param name="Retired">Segments that may go.</param>
/// <param name="IsTailKnown">Whether the owner has taken in that records may be missing.</param>
/// <param name="IsClosing">Whether this is the last work there is.</param>
readonly record struct JournalWork(long UpToIndex, long[] Retired, bool IsTailKnown, bool IsClosing);

/// <summary>Where appending threads and the writer meet: the one lock. Nobody holds it while a file is touched.</summary>
sealed class JournalInbox(int maxPendingBytes)
{
    readonly object gate = new();
    readonly List<long> retired = [];
    PendingBatch pending = new();
    long lastIndex, takenBytes;
    bool isClosing, isTailKnown;
    JournalException? failure;

    public JournalException? Failure
    {
        get
        {
            lock (gate) return failure;
        }
    }

    /// <summary>Bytes appended and not yet written and committed, heads counted.</summary>
    public long PendingBytes
    {
        get
        {
            lock (gate) return pending.Length + takenBytes;
        }
    }

    public long Append(ReadOnlySpan<byte> record)
    {
        PendingBatch.Check(record);
        uint checksum = Checksum.Of(record);
        lock (gate)
        {
            ThrowIfOver();
            if (pending.Length + takenBytes + RecordFrames.SizeOf(record.Length) > maxPendingBytes)
                throw new JournalException($"{pending.Length + takenBytes} bytes wait to be written, and {maxPendingBytes} may: the disk does not keep up.");
            pending.Add(record, checksum);
            Monitor.Pulse(gate);
            return ++lastIndex;
        }
    }

    public void Retire(long segment)
    {
        lock (gate)
        {
            ThrowIfOver();
            retired.Add(segment);
            Monitor.Pulse(gate);
        }
    }

    public void ConfirmTail()
    {
        lock (gate)
        {
            ThrowIfOver();
            isTailKnown = true;
            Monitor.Pulse(gate);
        }
    }

    public void Close()
    {
        lock (gate)
        {
            isClosing = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Waits for work, and takes all of it.</summary>
    /// <param name="batch">An empty batch, in exchange for the one that is to be written.</param>
    /// <param name="milliseconds">How long to wait; -1 without end.</param>
    public JournalWork Take(ref PendingBatch batch, int milliseconds)
    {
        lock (gate)
        {
            if (!HasWork) Monitor.Wait(gate, milliseconds); // woken for nothing, the writer comes back
            (pending, batch) = (batch, pending);
            takenBytes = batch.Length;
            long[] taken = retired.Count == 0 ? [] : [.. retired];
            retired.Clear();
            (bool wasKnown, isTailKnown) = (isTailKnown, false);
            return new(lastIndex, taken, wasKnown, isClosing);
        }
    }

    /// <summary>What was taken is written.</summary>
    public void Release()
    {
        lock (gate) takenBytes = 0;
    }

    public void Fail(JournalException why)
    {
        lock (gate)
        {
            failure = why;
            takenBytes = 0;
            pending = new();
        }
    }

    bool HasWork => pending.Length > 0 || retired.Count > 0 || isTailKnown || isClosing;

    void ThrowIfOver()
    {
        ObjectDisposedException.ThrowIf(isClosing, typeof(Journal));
        if (failure is not null) throw new JournalException(failure.Message, failure);
    }
}
