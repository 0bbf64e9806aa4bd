using RawJournal.Wire;

namespace RawJournal;

/// <summary>Records that wait to be written, side by side as they will stand in the file. One thread at a time.</summary>
sealed class PendingBatch
{
    const int FirstBytes = 4096, KeptBytes = 1 << 20;

    byte[] block = new byte[FirstBytes];

    public int Length { get; private set; }

    public Span<byte> Frames => block.AsSpan(0, Length);

    public void Add(ReadOnlySpan<byte> record, uint checksum)
    {
        int needed = Length + RecordFrames.SizeOf(record.Length);
        if (needed > block.Length) Array.Resize(ref block, Math.Max(needed, 2 * block.Length));
        RecordFrames.Begin(block.AsSpan(Length), record, checksum);
        Length = needed;
    }

    public void Clear()
    {
        Length = 0;
        if (block.Length > KeptBytes) block = new byte[FirstBytes]; // one burst is not paid for ever after
    }

    public static void Check(ReadOnlySpan<byte> record)
    {
        if (record.Length is < 1 or > RecordHead.MaxRecordBytes)
            throw new ArgumentOutOfRangeException(nameof(record), record.Length, $"A record has 1 to {RecordHead.MaxRecordBytes} bytes.");
    }
}
