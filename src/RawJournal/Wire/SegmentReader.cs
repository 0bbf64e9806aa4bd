namespace RawJournal.Wire;

/// <summary>Reads the records of one segment, from its first byte. One thread.</summary>
/// <param name="file">The whole segment, or as much of it as there is.</param>
/// <param name="segment">The number in its name.</param>
public ref struct SegmentReader(ReadOnlySpan<byte> file, long segment)
{
    readonly ReadOnlySpan<byte> file = file;
    readonly long segment = segment;
    SegmentHeader header;
    int offset;

    /// <summary>Where the next record would begin: everything before it was whole.</summary>
    public readonly int Offset => offset;

    /// <summary>Drawn for this segment; once its header was read.</summary>
    public readonly ulong Salt => header.Salt;

    /// <summary>Reads the next record.</summary>
    /// <param name="record">Its bytes.</param>
    /// <param name="fault">What is wrong at <see cref="Offset"/>; none at the end of the segment, and with a record.</param>
    /// <returns>False at the end, and at a fault: nothing can be read behind it.</returns>
    public bool TryRead(out ReadOnlySpan<byte> record, out JournalFault fault)
    {
        record = default;
        if (offset == 0)
        {
            fault = SegmentHeader.Read(file, segment, out header);
            if (fault != JournalFault.None) return false;
            offset = SegmentHeader.Bytes;
        }
        fault = JournalFault.None;
        if (offset == file.Length) return false;
        fault = ReadAt(file, offset, header.Salt, out record, out _);
        if (fault != JournalFault.None) return false;
        offset += RecordHead.Bytes + record.Length;
        return true;
    }

    /// <summary>Reads the record at one place.</summary>
    /// <param name="file">The segment from its first byte.</param>
    /// <param name="offset">Where the record's head stands; less than the length of <paramref name="file"/>.</param>
    /// <param name="salt">Of the segment.</param>
    /// <param name="record">Its bytes; only without a fault.</param>
    /// <param name="head">Its head, where that is good.</param>
    internal static JournalFault ReadAt(ReadOnlySpan<byte> file, int offset, ulong salt, out ReadOnlySpan<byte> record, out RecordHead head)
    {
        record = default;
        ReadOnlySpan<byte> rest = file[offset..];
        JournalFault fault = RecordHead.Read(rest, salt, offset, out head);
        if (fault != JournalFault.None) return fault;
        if (rest.Length - RecordHead.Bytes < head.Length) return JournalFault.ShortRecord;
        ReadOnlySpan<byte> found = rest.Slice(RecordHead.Bytes, head.Length);
        if (Checksum.Of(found) != head.RecordChecksum) return JournalFault.BadRecordChecksum;
        record = found;
        return JournalFault.None;
    }
}
