namespace RawJournal.Wire;

/// <summary>The one map from a fault to its name and words.</summary>
public static class JournalFaults
{
    /// <summary>The fault's stable name, in kebab-case, as it stands in logs.</summary>
    /// <param name="fault">A fault, not <see cref="JournalFault.None"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not in the map.</exception>
    public static string CodeOf(JournalFault fault) => fault switch
    {
        JournalFault.ShortHeader => "short-header",
        JournalFault.BadMagic => "bad-magic",
        JournalFault.BadVersion => "bad-version",
        JournalFault.BadHeaderChecksum => "bad-header-checksum",
        JournalFault.WrongSegment => "wrong-segment",
        JournalFault.ShortHead => "short-head",
        JournalFault.ZeroHead => "zero-head",
        JournalFault.BadHeadChecksum => "bad-head-checksum",
        JournalFault.BadLength => "bad-length",
        JournalFault.ShortRecord => "short-record",
        JournalFault.BadRecordChecksum => "bad-record-checksum",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No fault of this name."),
    };
}
