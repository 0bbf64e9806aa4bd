using Microsoft.Win32.SafeHandles;
using RawJournal.Wire;

namespace RawJournal;

/// <summary>The segment that is written to. On the writer thread.</summary>
sealed class SegmentFile : IDisposable
{
    readonly Disk disk;
    readonly SafeFileHandle file;
    readonly ulong salt;
    long begunAt;

    SegmentFile(Disk disk, string path, SegmentHeader header, FileMode mode, long length)
    {
        (this.disk, Path, Segment, salt, Length) = (disk, path, header.Segment, header.Salt, length);
        file = File.OpenHandle(path, mode, FileAccess.Write, FileShare.Read);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; private set; }

    /// <summary>Its number.</summary>
    public long Segment { get; }

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>How many of them are on the disk itself.</summary>
    public long SyncedTo { get; private set; }

    /// <summary>Bytes of records behind the checkpoint.</summary>
    public long RecordBytes => Length - begunAt;

    /// <summary>Goes on with a segment of which <paramref name="length"/> bytes are good.</summary>
    public static SegmentFile Reopen(Disk disk, string path, SegmentHeader header, long length) => new(disk, path, header, FileMode.Open, length);

    /// <summary>Makes one under a name that no reader takes for a segment's. <see cref="Publish"/> gives it its own.</summary>
    public static SegmentFile Create(Disk disk, string folder, SegmentHeader header)
    {
        string path = System.IO.Path.Combine(folder, SegmentName.Of(header.Segment));
        SegmentFile made = new(disk, System.IO.Path.ChangeExtension(path, SegmentName.UnfinishedExtension), header, FileMode.Create, 0);
        try
        {
            byte[] bytes = new byte[SegmentHeader.Bytes];
            header.Write(bytes);
            disk.Write(made.file, bytes, 0);
            made.Length = bytes.Length;
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>Makes what was written last, and then its name: so a segment has its whole start, or there is none.</summary>
    public void Publish()
    {
        Flush();
        string final = System.IO.Path.ChangeExtension(Path, SegmentName.Extension);
        disk.Move(Path, final);
        Path = final;
        disk.FlushFolder(System.IO.Path.GetDirectoryName(final)!);
        begunAt = Length;
    }

    /// <summary>Writes records, whose heads it completes.</summary>
    public void Write(Span<byte> frames)
    {
        if (frames.IsEmpty) return;
        if (Length + frames.Length > Array.MaxLength) throw new JournalException($"{Path} would have more than {Array.MaxLength} bytes.");
        RecordFrames.Complete(frames, salt, Length, (uint)SyncedTo);
        disk.Write(file, frames, Length);
        Length += frames.Length;
    }

    /// <summary>Returns when all that was written is on the disk.</summary>
    public void Flush()
    {
        if (SyncedTo == Length) return;
        disk.Flush(file);
        SyncedTo = Length;
    }

    /// <summary>Cuts away what lies behind <paramref name="length"/>, and makes that last.</summary>
    public void Cut(long length)
    {
        disk.SetLength(file, length);
        disk.Flush(file);
        SyncedTo = Length = length;
    }

    public void Dispose() => file.Dispose();
}
