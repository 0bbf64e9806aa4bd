using RawJournal.Wire;

namespace RawJournal;

/// <summary>A folder that this process alone has open.</summary>
sealed class JournalFolder : IDisposable
{
    const string LockName = "lock";

    readonly FileStream held;

    JournalFolder(string path, FileStream held) => (Path, this.held) = (path, held);

    /// <summary>Its whole path.</summary>
    public string Path { get; }

    /// <summary>Makes the folder when there is none, and locks it until the process ends, however it ends.</summary>
    public static JournalFolder Lock(string directory, Disk disk)
    {
        string path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(directory));
        if (!Directory.Exists(path))
        {
            MakeForOwner(path);
            if (System.IO.Path.GetDirectoryName(path) is { } parent) disk.FlushFolder(parent);
        }
        string file = System.IO.Path.Combine(path, LockName);
        try
        {
            return new(path, new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken) when (taken is not FileNotFoundException and not DirectoryNotFoundException)
        {
            throw new JournalException($"The folder {path} is in use: another process has {file} locked. Two servers can't share a folder.", taken);
        }
    }

    // What is in messages is nobody else's business: neither a group's nor everybody's. Files in it need no mode of their own.
    static void MakeForOwner(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The numbers of its segments, in order.</summary>
    public List<long> Segments()
    {
        List<long> found = [];
        foreach (string file in Directory.EnumerateFiles(Path))
            if (SegmentName.TryParse(System.IO.Path.GetFileName(file.AsSpan()), out long segment)) found.Add(segment);
        found.Sort();
        return found;
    }

    /// <summary>Paths of segments that were never finished.</summary>
    public string[] Unfinished() => Directory.GetFiles(Path, "*" + SegmentName.UnfinishedExtension);

    /// <summary>Where a segment is.</summary>
    public string PathOf(long segment) => System.IO.Path.Combine(Path, SegmentName.Of(segment));

    public void Dispose() => held.Dispose();
}
