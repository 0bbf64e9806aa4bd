using RawJournal.Wire;

namespace RawJournal;

/// <summary>Takes the records that a new segment begins with. On the writer thread.</summary>
public sealed class CheckpointWriter
{
    const int WrittenAtOnce = 1 << 20;

    readonly SegmentFile segment;
    readonly PendingBatch batch = new();
    bool hasEnded;

    internal CheckpointWriter(SegmentFile segment) => this.segment = segment;

    /// <summary>Adds a record.</summary>
    /// <param name="record">1 byte to 16 MiB; copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is empty or too long.</exception>
    /// <exception cref="InvalidOperationException">The call that it was given to is over.</exception>
    public void Write(ReadOnlySpan<byte> record)
    {
        if (hasEnded) throw new InvalidOperationException("The checkpoint is written already.");
        PendingBatch.Check(record);
        batch.Add(record, Checksum.Of(record));
        if (batch.Length >= WrittenAtOnce) Spill();
    }

    internal void End()
    {
        Spill();
        hasEnded = true;
    }

    void Spill()
    {
        segment.Write(batch.Frames);
        batch.Clear();
    }
}
