using Microsoft.Win32.SafeHandles;
using RawJournal.Wire;

namespace RawJournal;

/// <summary>All that happens while a journal is opened. One thread, once.</summary>
sealed class JournalOpening(JournalFolder folder, JournalOptions options, IJournalOwner owner, Disk disk, BootMark boot)
{
    readonly StateFile stateFile = new(disk, folder.Path);
    byte[] block = [];

    public Journal Open()
    {
        JournalState? before = stateFile.Read();
        LastClose last = JournalState.HowLeft(before, boot);
        DeleteUnfinished();
        List<long> segments = folder.Segments();
        bool mayHaveLostTail = JournalState.MayHaveLostTail(before, boot, segments.Count > 0);
        DropEmptyLast(segments, last);
        SegmentFile? active = null;
        foreach (long segment in segments) active = Read(segment, segment == segments[^1], last);
        try
        {
            return Begin(active ??= First(), mayHaveLostTail);
        }
        catch
        {
            active?.Dispose();
            throw;
        }
    }

    // The state is written when all is mended: a crash before that leaves all as it was found.
    Journal Begin(SegmentFile active, bool mayHaveLostTail)
    {
        JournalState state = new(options.Fsync, boot, IsClosed: false, mayHaveLostTail);
        stateFile.Write(state);
        JournalInbox inbox = new(options.MaxPendingBytes);
        JournalWriter writer = new(folder.Path, options, owner, disk, inbox, state, active);
        writer.Start();
        return new(folder, inbox, writer, mayHaveLostTail);
    }

    SegmentFile First()
    {
        SegmentFile made = SegmentFile.Create(disk, folder.Path, new(1, JournalWriter.NewSalt()));
        made.Publish();
        owner.OnSegmentStart(made.Segment);
        return made;
    }

    void DeleteUnfinished()
    {
        foreach (string path in folder.Unfinished())
        {
            long length = new FileInfo(path).Length;
            disk.Delete(path);
            owner.OnNotice(new(path, 0, length, JournalFault.None, $"{path} was never finished: deleted, {length} bytes. All records are in older segments."));
        }
    }

    // Only a disk that forgot what it was told to keep leaves such a file. The segment before it is whole, and goes on.
    void DropEmptyLast(List<long> segments, LastClose last)
    {
        if (segments.Count == 0) return;
        string path = folder.PathOf(segments[^1]);
        ReadOnlySpan<byte> file = Load(path);
        JournalFault fault = SegmentHeader.Read(file, segments[^1], out _);
        if (fault == JournalFault.None) return;
        if (TailRules.Judge(file, 0, 0, fault, isLast: true, last, out int witness) == TailVerdict.Damage) throw Damaged(path, 0, fault, witness);
        disk.Delete(path);
        segments.RemoveAt(segments.Count - 1);
        owner.OnNotice(new(path, 0, file.Length, fault, $"{path} has no start ({JournalFaults.CodeOf(fault)}): deleted, {file.Length} bytes."));
    }

    SegmentFile? Read(long segment, bool isLast, LastClose last)
    {
        string path = folder.PathOf(segment);
        ReadOnlySpan<byte> file = Load(path);
        SegmentReader reader = new(file, segment);
        owner.OnSegmentStart(segment);
        JournalFault fault;
        while (reader.TryRead(out ReadOnlySpan<byte> record, out fault)) owner.OnRecord(segment, record);
        int good = reader.Offset;
        if (fault != JournalFault.None && TailRules.Judge(file, reader.Salt, good, fault, isLast, last, out int witness) == TailVerdict.Damage)
            throw Damaged(path, good, fault, witness);
        if (!isLast) return null;
        return GoOn(path, new(segment, reader.Salt), good, file.Length, fault);
    }

    // What was read may lie in the kernel's memory only. The owner believes it from now on, so it goes to the disk.
    SegmentFile GoOn(string path, SegmentHeader header, int good, int length, JournalFault fault)
    {
        SegmentFile active = SegmentFile.Reopen(disk, path, header, good);
        try
        {
            if (fault == JournalFault.None) active.Flush();
            else active.Cut(good);
        }
        catch
        {
            active.Dispose();
            throw;
        }
        if (fault != JournalFault.None)
            owner.OnNotice(new(path, good, length - good, fault, $"{path} was cut at {good}: a crash left {length - good} bytes there that are no whole record ({JournalFaults.CodeOf(fault)})."));
        return active;
    }

    ReadOnlySpan<byte> Load(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        long length = RandomAccess.GetLength(file);
        if (length > Array.MaxLength) throw new JournalException($"{path} has {length} bytes: it is no segment.");
        if (block.Length < length) block = new byte[length];
        int count = 0;
        while (count < length && RandomAccess.Read(file, block.AsSpan(count, (int)length - count), count) is > 0 and int more) count += more;
        return block.AsSpan(0, count);
    }

    static JournalException Damaged(string path, int offset, JournalFault fault, int witness) => new(
        $"{path} is damaged at {offset} ({JournalFaults.CodeOf(fault)}){(witness < 0 ? "" : $", and there is a good record behind, at {witness}")}. "
        + "No crash leaves that, so nothing was changed. Bring the folder back from a backup; "
        + $"or give up what lies there and behind in this file, and let the owner know that something is missing: {Cure(path, offset)}", path, offset, fault);

    // Without its state a journal must assume that records are missing.
    static string Cure(string path, int offset) =>
        (offset == 0 ? $"rm {path}" : $"truncate -s {offset} {path}") + $" && rm {Path.Combine(Path.GetDirectoryName(path)!, StateFile.Name)}";
}
