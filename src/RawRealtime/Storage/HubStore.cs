using RawHub;
using RawJournal;
using RawRealtime.Server;

namespace RawRealtime.Storage;

/// <summary>
/// Has a hub's messages survive a restart: writes its records into a journal, tells it what is committed, and makes it again from
/// the journal. A file of the journal goes once none of its messages is kept. docs/journal.md.
/// </summary>
internal sealed class HubStore(StoreOptions options, ServerLog log) : IHubStore, IJournalOwner, IDisposable
{
    readonly SegmentUse segments = new();
    Hub hub = null!;
    HubRestore? restore;
    Journal? journal;
    long listedAt;
    bool ownsDoubt;

    /// <summary>Makes the hub as it was, and begins to write. To be called once, before the hub is used.</summary>
    /// <param name="restored">The hub, whose store this is.</param>
    /// <param name="nowUnixMs">The time: milliseconds since 1970, UTC.</param>
    /// <exception cref="StoreException">The folder is of no use, or in use.</exception>
    public void Open(Hub restored, long nowUnixMs)
    {
        hub = restored;
        restore = new(hub, nowUnixMs);
        try
        {
            journal = Journal.Open(options.Directory, options.Journal, this);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new StoreException($"--data {options.Directory}: {failure.Message}", failure);
        }
        segments.Begin(journal.ActiveSegment);
        ownsDoubt = journal.MayHaveLostTail;
        if (ownsDoubt) log.OnTailInDoubt(options.Directory);
        Describe();
        restore = null;
    }

    // What the hub is now, behind all that it was made from: so older files can go, and what was in doubt is told for good.
    void Describe()
    {
        long last = 0;
        if (ownsDoubt) restore!.RenewEpochs(record => last = journal!.Append(record));
        else HubRestore.WriteList(hub, record => last = journal!.Append(record));
        Volatile.Write(ref listedAt, last);
    }

    /// <inheritdoc/>
    public long Append(ReadOnlySpan<byte> record)
    {
        try
        {
            return journal!.Append(record);
        }
        catch (Exception refused) when (refused is JournalException or ObjectDisposedException)
        {
            log.OnStoreRefused(refused.Message);
            return 0;
        }
    }

    /// <inheritdoc/>
    public void Keep(long mark) => segments.Keep(mark);

    /// <inheritdoc/>
    public void Forget(long mark)
    {
        if (segments.Forget(mark, mayTake: restore is null)) Retire(mark); // while opening it is too early: no list says yet that it is gone
    }

    /// <inheritdoc/>
    public void OnSegmentStart(long segment)
    {
        segments.Begin(segment);
        if (restore is null) RetireUnused();
    }

    /// <inheritdoc/>
    public void OnRecord(long segment, ReadOnlySpan<byte> record)
    {
        if (!restore!.Read(record, segment)) throw new IOException("it holds a record that this version does not know: start the version that wrote it, or another folder.");
    }

    /// <inheritdoc/>
    public void OnNotice(JournalNotice notice) => log.OnStoreMended(notice.Message);

    /// <inheritdoc/>
    public void OnCommitted(long upToIndex)
    {
        hub.Commit(upToIndex, segments.Active);
        long listed = Volatile.Read(ref listedAt);
        if (listed == 0 || upToIndex < listed) return;
        Volatile.Write(ref listedAt, 0);
        if (ownsDoubt) journal!.ConfirmTail();
        RetireUnused();
    }

    /// <inheritdoc/>
    public void WriteCheckpoint(long segment, CheckpointWriter checkpoint) => HubRestore.WriteList(hub, checkpoint.Write);

    /// <inheritdoc/>
    public void OnFailed(JournalException failure)
    {
        log.OnStoreFailed(failure);
        hub.FailStore();
    }

    /// <summary>Writes what is pending, and lets go of the folder.</summary>
    public void Dispose() => journal?.Dispose();

    void RetireUnused()
    {
        foreach (long segment in segments.TakeUnused()) Retire(segment);
    }

    void Retire(long segment)
    {
        try
        {
            journal!.Retire(segment);
        }
        catch (Exception over) when (over is JournalException or ObjectDisposedException)
        {
            log.OnStoreRefused(over.Message); // the file stays, and goes after the next start
        }
    }
}
