namespace RawJournal;

/// <summary>
/// Whose journal it is. While <see cref="Journal.Open"/> runs, it is called on that thread, afterwards on the journal's one writer thread
/// alone: so it waits for nothing and is quick, since meanwhile nothing is written. What it throws there fails the journal.
/// </summary>
public interface IJournalOwner
{
    /// <summary>A segment begins: the records that follow are in it. While opening, and then whenever a new one is begun.</summary>
    /// <param name="segment">Its number; they grow.</param>
    void OnSegmentStart(long segment);

    /// <summary>A record that was found while opening, whole and with the right checksum, in the order of the appends.</summary>
    /// <param name="segment">Where it is.</param>
    /// <param name="record">Valid for this call only.</param>
    void OnRecord(long segment, ReadOnlySpan<byte> record);

    /// <summary>Something was found while opening that was mended, and that people should know of.</summary>
    /// <param name="notice">What.</param>
    void OnNotice(JournalNotice notice);

    /// <summary>
    /// All records up to one are committed: they outlive this process, and with <see cref="Wire.FsyncPolicy.Every"/> a loss of power.
    /// Called once for each batch, with numbers that grow.
    /// </summary>
    /// <param name="upToIndex">As <see cref="Journal.Append"/> returned it.</param>
    void OnCommitted(long upToIndex);

    /// <summary>
    /// A new segment is made: what it shall begin with, so that older ones may be retired. All that was committed so far lies in older
    /// segments, all that is pending will come behind. The segment appears with all of this or not at all.
    /// </summary>
    /// <param name="segment">Its number.</param>
    /// <param name="checkpoint">Takes the records. Valid for this call only.</param>
    void WriteCheckpoint(long segment, CheckpointWriter checkpoint);

    /// <summary>
    /// Writing failed, and the journal takes nothing more. Of what was not committed, all or nothing may be found by the next opening.
    /// Called once; must not throw.
    /// </summary>
    /// <param name="failure">Why.</param>
    void OnFailed(JournalException failure);
}
