using System.Security.Cryptography;
using RawJournal.Wire;

namespace RawJournal;

/// <summary>
/// The one thread that writes. It takes all that is pending as one batch, writes it at once, syncs it as the policy says, and tells the
/// owner. Between two batches it begins new segments and deletes retired ones.
/// </summary>
sealed class JournalWriter : IDisposable
{
    readonly string folder;
    readonly JournalOptions options;
    readonly IJournalOwner owner;
    readonly Disk disk;
    readonly JournalInbox inbox;
    readonly StateFile stateFile;
    readonly HashSet<long> retiredWhileActive = [];
    readonly Thread thread;
    JournalState state;
    SegmentFile segment;
    PendingBatch batch = new();
    long committedTo, syncDueAt;

    public JournalWriter(string folder, JournalOptions options, IJournalOwner owner, Disk disk, JournalInbox inbox, JournalState state, SegmentFile segment)
    {
        (this.folder, this.options, this.owner, this.disk, this.inbox, this.state, this.segment) = (folder, options, owner, disk, inbox, state, segment);
        stateFile = new(disk, folder);
        ActiveSegment = segment.Segment;
        committedTo = segment.Length;
        thread = new(Run) { Name = "journal", IsBackground = true };
    }

    public long ActiveSegment { get => Volatile.Read(ref field); private set => Volatile.Write(ref field, value); }

    public void Start() => thread.Start();

    /// <summary>Writes what is pending and ends.</summary>
    public void Dispose()
    {
        if (Thread.CurrentThread == thread) throw new InvalidOperationException("The owner can't close its journal from a call of the journal.");
        inbox.Close();
        thread.Join();
        segment.Dispose();
    }

    void Run()
    {
        try
        {
            while (Turn())
            {
            }
            segment.Flush();
            stateFile.Write(state with { IsClosed = true });
        }
        catch (Exception failure) // whatever it is, on this thread nobody else would see it
        {
            Fail(failure);
        }
    }

    bool Turn()
    {
        JournalWork work = inbox.Take(ref batch, WaitMilliseconds());
        if (batch.Length > 0) Commit(work.UpToIndex);
        if (IsSyncDue) segment.Flush();
        if (work.Retired.Length > 0) Delete(work.Retired);
        if (work.IsTailKnown) ConfirmTail();
        return !work.IsClosing;
    }

    void Commit(long upToIndex)
    {
        if (segment.RecordBytes >= options.SegmentBytes) Roll();
        if (segment.SyncedTo == segment.Length) syncDueAt = Environment.TickCount64 + options.FsyncMilliseconds;
        segment.Write(batch.Frames);
        if (options.Fsync == FsyncPolicy.Every) segment.Flush();
        committedTo = segment.Length;
        batch.Clear();
        inbox.Release();
        owner.OnCommitted(upToIndex);
    }

    // The old segment is on the disk before the new one is there, and the new one with its checkpoint before an older one may go,
    // whatever the policy: it is one fsync in many megabytes.
    void Roll()
    {
        segment.Flush();
        SegmentFile next = SegmentFile.Create(disk, folder, new(segment.Segment + 1, NewSalt()));
        try
        {
            owner.OnSegmentStart(next.Segment);
            CheckpointWriter checkpoint = new(next);
            owner.WriteCheckpoint(next.Segment, checkpoint);
            checkpoint.End();
            next.Publish();
        }
        catch
        {
            next.Dispose();
            throw;
        }
        segment.Dispose();
        segment = next;
        ActiveSegment = next.Segment;
        committedTo = next.Length;
        Delete([.. retiredWhileActive]);
        retiredWhileActive.Clear();
    }

    // What made them useless may be a record that is not on the disk yet.
    void Delete(long[] retired)
    {
        bool isAnyGone = false;
        foreach (long one in retired)
        {
            if (one == segment.Segment)
            {
                retiredWhileActive.Add(one);
                continue;
            }
            segment.Flush();
            disk.Delete(Path.Combine(folder, SegmentName.Of(one)));
            isAnyGone = true;
        }
        if (isAnyGone) disk.FlushFolder(folder);
    }

    void ConfirmTail()
    {
        if (!state.IsTailDoubted) return;
        segment.Flush();
        state = state with { IsTailDoubted = false };
        stateFile.Write(state);
    }

    void Fail(Exception why)
    {
        string message = $"The journal in {folder} can't be written any more: {why.Message}";
        try
        {
            segment.Cut(committedTo);
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException)
        {
            message += $" What was not committed is still at the end of {segment.Path}: {second.Message}";
        }
        JournalException failure = new(message, why);
        inbox.Fail(failure);
        owner.OnFailed(failure);
    }

    bool IsSyncDue => options.Fsync == FsyncPolicy.Interval && segment.SyncedTo < segment.Length && Environment.TickCount64 >= syncDueAt;

    int WaitMilliseconds() =>
        options.Fsync != FsyncPolicy.Interval || segment.SyncedTo == segment.Length ? Timeout.Infinite
        : (int)Math.Max(0, syncDueAt - Environment.TickCount64);

    public static ulong NewSalt()
    {
        Span<byte> salt = stackalloc byte[8];
        RandomNumberGenerator.Fill(salt);
        return BitConverter.ToUInt64(salt);
    }
}
