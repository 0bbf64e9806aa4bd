namespace RawJournal.Wire;

/// <summary>What was there before, as far as it says which marks a crash can have left.</summary>
public enum LastClose : byte
{
    /// <summary>Closed in order: all of it is on the disk, and nothing can be torn.</summary>
    Clean,

    /// <summary>The process ended, the machine went on: what the kernel was given is there, so only the very end can be torn.</summary>
    ProcessEnded,

    /// <summary>The machine was restarted since: what was not synced may be missing, in any order.</summary>
    MachineRestarted,
}

/// <summary>What is to be done about a fault.</summary>
public enum TailVerdict : byte
{
    /// <summary>A crash in the middle of a write left it: nothing behind was ever safe. It is cut away, and told.</summary>
    Torn,

    /// <summary>Something that was safe is damaged. Nobody but a human may decide what to lose.</summary>
    Damage,
}

/// <summary>Whether a fault is the torn end of the last segment. docs/journal.md, torn tail.</summary>
public static class TailRules
{
    /// <summary>Judges the fault that a <see cref="SegmentReader"/> stopped at.</summary>
    /// <param name="file">The whole segment.</param>
    /// <param name="salt">Of the segment.</param>
    /// <param name="offset">Where the fault lies.</param>
    /// <param name="fault">What it is.</param>
    /// <param name="isLast">Whether it is the last segment. A segment is on the disk before the next begins.</param>
    /// <param name="last">How the journal was left.</param>
    /// <param name="witness">Where the good record stands that makes it damage; -1 where there is none.</param>
    public static TailVerdict Judge(ReadOnlySpan<byte> file, ulong salt, int offset, JournalFault fault, bool isLast, LastClose last, out int witness)
    {
        witness = -1;
        if (!isLast || last == LastClose.Clean) return TailVerdict.Damage;
        if (fault == JournalFault.ShortHeader) return file.ContainsAnyExcept((byte)0) && file.Length >= SegmentHeader.Bytes ? TailVerdict.Damage : TailVerdict.Torn;
        // A wrong header is not torn: it was on the disk before the file had its name. A length that was never written is another version's.
        if (offset == 0 || fault == JournalFault.BadLength) return TailVerdict.Damage;
        witness = FindWitness(file, salt, offset, last == LastClose.MachineRestarted);
        return witness < 0 ? TailVerdict.Torn : TailVerdict.Damage;
    }

    // Only whole records are witnesses, so a torn one within a torn one is none. A head's checksum makes the search one pass: by
    // chance one place in four thousand million has a good head, and only there is a record's checksum worth its time.
    static int FindWitness(ReadOnlySpan<byte> file, ulong salt, int offset, bool mayHaveHoles)
    {
        for (int at = offset + 1; at <= file.Length - RecordHead.Bytes; at++)
        {
            int zeros = file[at..].IndexOfAnyExcept((byte)0);
            if (zeros < 0) return -1;
            at += Math.Max(0, zeros - RecordHead.Bytes); // no head begins with so many zeros
            if (SegmentReader.ReadAt(file, at, salt, out _, out RecordHead head) != JournalFault.None) continue;
            if (!mayHaveHoles || head.SyncedTo > offset) return at;
        }
        return -1;
    }
}
