using System.Buffers.Binary;

namespace RawJournal.Wire;

/// <summary>The first 32 bytes of a segment. docs/journal.md, segment header.</summary>
/// <param name="Segment">The segment's number, at least 1; it stands in the file's name too.</param>
/// <param name="Salt">
/// Eight bytes drawn at random for each segment. They are part of every head's checksum, so that nobody who chooses the content of a
/// record can choose one that looks like a record inside it.
/// </param>
public readonly record struct SegmentHeader(long Segment, ulong Salt)
{
    /// <summary>Its bytes.</summary>
    public const int Bytes = 32;

    const uint Version = 1;

    static ReadOnlySpan<byte> Magic => "RAWJRNL\n"u8;

    /// <summary>Writes it.</summary>
    /// <param name="into">At least <see cref="Bytes"/>.</param>
    public void Write(Span<byte> into)
    {
        Magic.CopyTo(into);
        BinaryPrimitives.WriteUInt32LittleEndian(into[8..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(into[12..], Segment);
        BinaryPrimitives.WriteUInt64LittleEndian(into[20..], Salt);
        BinaryPrimitives.WriteUInt32LittleEndian(into[28..], Checksum.Of(into[..28]));
    }

    /// <summary>Reads it.</summary>
    /// <param name="file">The segment from its first byte.</param>
    /// <param name="segment">The number in the file's name.</param>
    /// <param name="header">What it says; only without a fault.</param>
    public static JournalFault Read(ReadOnlySpan<byte> file, long segment, out SegmentHeader header)
    {
        header = default;
        if (file.Length < Bytes || !file[..Bytes].ContainsAnyExcept((byte)0)) return JournalFault.ShortHeader;
        if (!file.StartsWith(Magic)) return JournalFault.BadMagic;
        if (BinaryPrimitives.ReadUInt32LittleEndian(file[8..]) != Version) return JournalFault.BadVersion;
        if (BinaryPrimitives.ReadUInt32LittleEndian(file[28..]) != Checksum.Of(file[..28])) return JournalFault.BadHeaderChecksum;
        SegmentHeader read = new(BinaryPrimitives.ReadInt64LittleEndian(file[12..]), BinaryPrimitives.ReadUInt64LittleEndian(file[20..]));
        if (read.Segment != segment) return JournalFault.WrongSegment;
        header = read;
        return JournalFault.None;
    }
}
