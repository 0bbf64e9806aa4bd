using RawJournal.Wire;

namespace RawJournal;

/// <summary>
/// Records that outlive the process, in files of one folder, in the order in which they were appended. It knows nothing of what is in
/// them. Any thread may append. What is promised is said in docs/journal.md.
/// </summary>
public sealed class Journal : IDisposable
{
    readonly JournalFolder folder;
    readonly JournalInbox inbox;
    readonly JournalWriter writer;

    internal Journal(JournalFolder folder, JournalInbox inbox, JournalWriter writer, bool mayHaveLostTail) =>
        (this.folder, this.inbox, this.writer, MayHaveLostTail) = (folder, inbox, writer, mayHaveLostTail);

    /// <summary>Opens a folder: makes it, locks it, hands all records in it to the owner, mends a torn end, and begins to write.</summary>
    /// <param name="directory">The folder. It belongs to the journal alone.</param>
    /// <param name="options">How to write.</param>
    /// <param name="owner">Who is told. After an exception it has seen some records, and should be thrown away.</param>
    /// <exception cref="JournalException">Another process has it open, or a file is damaged where no crash damages it.</exception>
    /// <exception cref="IOException">A file can't be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not ours.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Journal Open(string directory, JournalOptions options, IJournalOwner owner) => OpenOn(new Disk(), ThisBoot.Read(), directory, options, owner);

    internal static Journal OpenOn(Disk disk, BootMark boot, string directory, JournalOptions options, IJournalOwner owner)
    {
        options.Check();
        JournalFolder folder = JournalFolder.Lock(directory, disk);
        try
        {
            return new JournalOpening(folder, options, owner, disk, boot).Open();
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Whether committed records may be missing at the end without a trace: the journal was not closed, the machine was restarted since,
    /// and the policy was not <see cref="FsyncPolicy.Every"/>. It stays so for later openings until <see cref="ConfirmTail"/>.
    /// </summary>
    public bool MayHaveLostTail { get; }

    /// <summary>Bytes that wait to be written and committed, 16 for each record counted: what a caller looks at to hold publishers back. 0 after a failure.</summary>
    public long PendingBytes => inbox.PendingBytes;

    /// <summary>The segment that is written to.</summary>
    public long ActiveSegment => writer.ActiveSegment;

    /// <summary>Why nothing can be appended any more; null while it can.</summary>
    public JournalException? Failure => inbox.Failure;

    /// <summary>Puts a record in line. Waits for no file; any thread.</summary>
    /// <param name="record">1 byte to 16 MiB; copied.</param>
    /// <returns>Its index: 1, 2, 3 … since the journal was opened. It is committed when <see cref="IJournalOwner.OnCommitted"/> says so.</returns>
    /// <exception cref="JournalException">The journal has failed, or <see cref="JournalOptions.MaxPendingBytes"/> wait.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It is empty or too long.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public long Append(ReadOnlySpan<byte> record) => inbox.Append(record);

    /// <summary>
    /// Says that no record of a segment matters any more: its file is deleted, once all that was committed before is on the disk. The
    /// active segment is deleted when the next one has begun; after a restart that must be said again.
    /// </summary>
    /// <param name="segment">Its number; one that is gone already is no mistake.</param>
    /// <exception cref="ArgumentOutOfRangeException">There was no such segment yet.</exception>
    /// <exception cref="JournalException">The journal has failed.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public void Retire(long segment)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(segment, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(segment, ActiveSegment);
        inbox.Retire(segment);
    }

    /// <summary>
    /// Says that what follows from <see cref="MayHaveLostTail"/> is in the journal: to be called when the record that says so is committed.
    /// Later openings are not told of the same loss again.
    /// </summary>
    /// <exception cref="JournalException">The journal has failed.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public void ConfirmTail() => inbox.ConfirmTail();

    /// <summary>Writes and syncs all that is pending, notes that the journal was closed, and lets go of the folder. A failure is told to the owner, not thrown.</summary>
    /// <exception cref="InvalidOperationException">It is called from a call to the owner.</exception>
    public void Dispose()
    {
        writer.Dispose();
        folder.Dispose();
    }
}
