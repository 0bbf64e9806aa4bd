namespace RawJournal.Wire;

/// <summary>
/// Every reason why bytes of a segment are no header or no record. What follows from it, cutting the tail or refusing to open, is for
/// <see cref="TailRules"/>. Clauses are sections of docs/journal.md.
/// </summary>
public enum JournalFault : byte
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>Journal, segment header: it has 32 bytes, and the file has fewer, or all of them are zero.</summary>
    ShortHeader,

    /// <summary>Journal, segment header: it begins with the eight bytes <c>RAWJRNL</c> and a line feed.</summary>
    BadMagic,

    /// <summary>Journal, segment header: the version is 1.</summary>
    BadVersion,

    /// <summary>Journal, segment header: its checksum is right.</summary>
    BadHeaderChecksum,

    /// <summary>Journal, segment header: the number in it is the one in the file's name.</summary>
    WrongSegment,

    /// <summary>Journal, record: a head has 16 bytes, and the file ends before.</summary>
    ShortHead,

    /// <summary>Journal, record: a head is not all zero; a file system that lost the content of a file's end leaves zeros.</summary>
    ZeroHead,

    /// <summary>Journal, record: the checksum of the head is right, for this segment and this place in it.</summary>
    BadHeadChecksum,

    /// <summary>Journal, record: a record has 1 byte to 16 MiB.</summary>
    BadLength,

    /// <summary>Journal, record: the file ends before the record does.</summary>
    ShortRecord,

    /// <summary>Journal, record: the checksum of the record is right.</summary>
    BadRecordChecksum,
}
