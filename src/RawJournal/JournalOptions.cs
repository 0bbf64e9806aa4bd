using RawJournal.Wire;

namespace RawJournal;

/// <summary>How a journal writes.</summary>
public sealed record JournalOptions
{
    /// <summary>When records are made safe against a loss of power.</summary>
    /// <value><see cref="FsyncPolicy.Interval"/>.</value>
    public FsyncPolicy Fsync { get; init; } = FsyncPolicy.Interval;

    /// <summary>With <see cref="FsyncPolicy.Interval"/>: how long a written record may wait for its fsync, in milliseconds.</summary>
    /// <value>1 s; 1 ms to an hour.</value>
    public int FsyncMilliseconds { get; init; } = 1000;

    /// <summary>
    /// How many bytes of records, heads counted and a checkpoint not, a segment holds before the next one begins. One batch may stand
    /// over, so a file has as much, a checkpoint and <see cref="MaxPendingBytes"/> at most.
    /// </summary>
    /// <value>64 MiB; 1 byte to 1 GiB.</value>
    public long SegmentBytes { get; init; } = 64L << 20;

    /// <summary>
    /// How many bytes may wait for the writer, heads counted. Beyond it an append is refused: a last resort, since a caller holds back
    /// long before, by <see cref="Journal.PendingBytes"/>.
    /// </summary>
    /// <value>256 MiB; 16 MiB and a head to 512 MiB.</value>
    public int MaxPendingBytes { get; init; } = 256 << 20;

    internal void Check()
    {
        if (!Enum.IsDefined(Fsync)) throw new ArgumentOutOfRangeException(nameof(Fsync), Fsync, null);
        Between(FsyncMilliseconds, 1, 3_600_000, nameof(FsyncMilliseconds));
        Between(SegmentBytes, 1, 1 << 30, nameof(SegmentBytes));
        Between(MaxPendingBytes, RecordFrames.SizeOf(RecordHead.MaxRecordBytes), 512 << 20, nameof(MaxPendingBytes));
    }

    static void Between(long value, long least, long most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
