using System.Buffers.Binary;

namespace RawJournal.Wire;

/// <summary>The 16 bytes in front of each record. docs/journal.md, record.</summary>
/// <param name="Length">Bytes of the record, 1 to <see cref="MaxRecordBytes"/>.</param>
/// <param name="RecordChecksum">Of those bytes.</param>
/// <param name="SyncedTo">
/// How much of the segment was known to be on the disk itself when this record was written, in bytes. So a good record is a witness
/// for what lies before that place: if there is something bad, it is not what a crash left.
/// </param>
public readonly record struct RecordHead(int Length, uint RecordChecksum, uint SyncedTo)
{
    /// <summary>Its bytes.</summary>
    public const int Bytes = 16;

    /// <summary>The longest record.</summary>
    public const int MaxRecordBytes = 16 * 1024 * 1024;

    /// <summary>Writes it.</summary>
    /// <param name="into">At least <see cref="Bytes"/>.</param>
    /// <param name="salt">Of the segment.</param>
    /// <param name="offset">Where in the segment the head will stand.</param>
    public void Write(Span<byte> into, ulong salt, long offset)
    {
        BinaryPrimitives.WriteInt32LittleEndian(into, Length);
        BinaryPrimitives.WriteUInt32LittleEndian(into[4..], RecordChecksum);
        BinaryPrimitives.WriteUInt32LittleEndian(into[8..], SyncedTo);
        BinaryPrimitives.WriteUInt32LittleEndian(into[12..], ChecksumOf(into, salt, offset));
    }

    /// <summary>Reads the head at the start of <paramref name="rest"/>, and judges it without its record.</summary>
    /// <param name="rest">The segment from the head on, at least one byte.</param>
    /// <param name="salt">Of the segment.</param>
    /// <param name="offset">Where in the segment <paramref name="rest"/> begins.</param>
    /// <param name="head">What it says; only without a fault.</param>
    public static JournalFault Read(ReadOnlySpan<byte> rest, ulong salt, long offset, out RecordHead head)
    {
        head = default;
        if (rest.Length < Bytes) return JournalFault.ShortHead;
        if (BinaryPrimitives.ReadUInt32LittleEndian(rest[12..]) != ChecksumOf(rest, salt, offset))
            return rest[..Bytes].ContainsAnyExcept((byte)0) ? JournalFault.BadHeadChecksum : JournalFault.ZeroHead;
        int length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (length is < 1 or > MaxRecordBytes) return JournalFault.BadLength;
        head = new(length, BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]), BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]));
        return JournalFault.None;
    }

    // The place is part of it: a copy of a record that lies elsewhere, in another record say, is none.
    static uint ChecksumOf(ReadOnlySpan<byte> head, ulong salt, long offset) =>
        ~Checksum.Add(Checksum.Add(Checksum.Add(Checksum.Start, salt), (ulong)offset), head[..12]);
}
