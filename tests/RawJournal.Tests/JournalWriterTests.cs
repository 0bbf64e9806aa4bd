using RawJournal.Wire;

namespace RawJournal.Tests;

public sealed class JournalWriterTests : IDisposable
{
    static readonly BootMark Boot = BootMark.OfId("this run");

    readonly TempFolder folder = new();
    readonly TestDisk disk = new();
    readonly Recorder owner = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(FsyncPolicy.Every, "write, flush")]
    [InlineData(FsyncPolicy.Interval, "write")]
    [InlineData(FsyncPolicy.Never, "write")]
    public void Before_a_batch_is_committed_it_is_written_and_synced_as_the_policy_says(FsyncPolicy policy, string done)
    {
        using Journal journal = Open(new() { Fsync = policy, FsyncMilliseconds = 3_600_000 });
        string before = "";
        owner.Committing = _ => before = string.Join(", ", disk.Done);
        disk.DoneSince(() => Append(journal, "one", 1));
        Assert.Equal(done, before);
    }

    [Fact]
    public void With_an_interval_it_is_synced_by_itself()
    {
        using Journal journal = Open(new() { Fsync = FsyncPolicy.Interval, FsyncMilliseconds = 1 });
        for (int i = 1; i <= 3; i++)
        {
            disk.ForgetFlushes();
            Append(journal, "one", i);
            disk.WaitForFlush();
        }
    }

    [Fact]
    public void What_is_appended_meanwhile_is_one_batch()
    {
        using Journal journal = Open(new());
        owner.Committing = index =>
        {
            if (index > 1) return;
            for (int i = 0; i < 100; i++) journal.Append("more"u8);
            Assert.Equal(100 * RecordFrames.SizeOf(4), journal.PendingBytes); // what is committed is no longer pending
        };
        journal.Append("first"u8);
        owner.WaitFor(101);
        Assert.Null(owner.Failure);
        Assert.Equal([1, 101], owner.Commits);
    }

    [Fact]
    public void A_segment_that_is_full_is_followed_by_one_that_begins_with_a_checkpoint()
    {
        owner.Checkpoint = segment => [$"state of {segment}", "more of it"];
        using (Journal journal = Open(new() { SegmentBytes = 1 }))
        {
            Append(journal, "one", 1);
            Append(journal, "two", 2);
            Assert.Equal(2, journal.ActiveSegment);
        }
        Assert.Equal(["segment 1", "segment 2"], owner.Events);
        Assert.Equal(["segment 1", "1: one", "segment 2", "2: state of 2", "2: more of it", "2: two"], ReadBack().Events);
    }

    [Fact]
    public void A_checkpoint_larger_than_a_segment_leaves_room_for_records()
    {
        owner.Checkpoint = _ => Enumerable.Repeat(new string('x', 100_000), 20);
        using Journal journal = Open(new() { SegmentBytes = 100 });
        for (int i = 1; i <= 10; i++) Append(journal, new string('y', 20), i);
        Assert.Equal(4, journal.ActiveSegment); // three records each
    }

    [Fact]
    public void A_new_segment_is_on_the_disk_before_it_has_its_name_and_both_before_an_older_one_goes()
    {
        using Journal journal = Open(new() { SegmentBytes = 1, Fsync = FsyncPolicy.Never });
        Append(journal, "one", 1);
        journal.Retire(1); // active: remembered
        string done = disk.DoneSince(() => Append(journal, "two", 2));
        Assert.StartsWith("flush, write, flush, move, folder, ", done, StringComparison.Ordinal);
        Append(journal, "three", 3);
        Assert.Equal(1, disk.Done.Count(call => call == "delete 0000000001.segment"));
        Assert.Equal(["0000000002.segment", "0000000003.segment", "lock", "state"], folder.Files);
    }

    [Fact]
    public void A_retired_segment_goes_once_what_made_it_useless_is_on_the_disk()
    {
        using Journal journal = Open(new() { SegmentBytes = 1, Fsync = FsyncPolicy.Never });
        for (int i = 1; i <= 3; i++) Append(journal, "r", i);
        disk.Done.Clear();
        journal.Retire(2);
        journal.Retire(2);
        Append(journal, "last", 4);
        Append(journal, "and one", 5);
        Assert.Equal("flush", disk.Done[disk.Done.IndexOf("delete 0000000002.segment") - 1]);
        Assert.Equal(["0000000001.segment", "0000000003.segment", "0000000004.segment", "0000000005.segment", "lock", "state"], folder.Files);
    }

    [Fact]
    public void A_crash_within_a_checkpoint_leaves_no_segment()
    {
        owner.Checkpoint = _ => throw new InvalidOperationException("The owner is wrong.");
        using (Journal journal = Open(new() { SegmentBytes = 1 }))
        {
            Append(journal, "one", 1);
            journal.Append("two"u8);
            Assert.Equal("The owner is wrong.", owner.WaitForFailure().InnerException?.Message);
        }
        Assert.Contains("0000000002.segment-new", folder.Files);
        Recorder again = ReadBack();
        Assert.Equal(["segment 1", "1: one"], again.Events);
        Assert.Single(again.Notices);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(30)]
    public void What_a_failed_write_left_is_cut_away_at_once(int partWritten)
    {
        using (Journal journal = Open(new()))
        {
            Append(journal, "one", 1);
            Fail(journal, "write", partWritten);
        }
        Recorder again = ReadBack();
        Assert.Equal(["one"], again.Records);
        Assert.Empty(again.Notices);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(18, 1)] // one byte less than the record; a whole one would be found, which is neither promised nor forbidden
    public void What_cannot_be_cut_away_is_cut_by_the_next_opening(int partWritten, int notices)
    {
        using (Journal journal = Open(new()))
        {
            Append(journal, "one", 1);
            disk.CutFails = true;
            Fail(journal, "write", partWritten);
            Assert.Contains("is still at the end", owner.Failure!.Message, StringComparison.Ordinal);
        }
        Recorder again = ReadBack();
        Assert.Equal(["one"], again.Records);
        Assert.Equal(notices, again.Notices.Count);
    }

    [Fact]
    public void What_was_not_synced_is_not_committed()
    {
        using (Journal journal = Open(new() { Fsync = FsyncPolicy.Every }))
        {
            Append(journal, "one", 1);
            Fail(journal, "flush", 0);
        }
        Assert.Equal(["one"], ReadBack().Records);
    }

    [Fact]
    public void A_failed_sync_fails_the_journal_though_its_records_were_committed()
    {
        using Journal journal = Open(new() { Fsync = FsyncPolicy.Interval, FsyncMilliseconds = 1 });
        disk.Fails = ("flush", 1);
        journal.Append("one"u8);
        Assert.IsType<IOException>(owner.WaitForFailure().InnerException);
        Assert.Equal([1], owner.Commits);
    }

    [Theory]
    [InlineData("write", 1)] // the header of the new segment
    [InlineData("flush", 1)]
    [InlineData("flush", 2)]
    [InlineData("move", 1)]
    [InlineData("folder", 1)]
    public void A_segment_that_cannot_be_begun_fails_the_journal_and_loses_nothing(string call, int count)
    {
        using (Journal journal = Open(new() { SegmentBytes = 1 }))
        {
            Append(journal, "one", 1);
            disk.Fails = (call, count);
            journal.Append("two"u8);
            owner.WaitForFailure();
            Assert.Equal([1], owner.Commits);
        }
        Assert.Equal(["one"], ReadBack().Records);
    }

    [Fact]
    public void A_failed_journal_is_not_noted_as_closed()
    {
        using (Journal journal = Open(new()))
        {
            Append(journal, "one", 1);
            disk.CutFails = true;
            Fail(journal, "write", 5);
        }
        Assert.Contains("closed no", File.ReadAllText(folder.Of("state")), StringComparison.Ordinal);
        ReadBack();
        Assert.Contains("closed yes", File.ReadAllText(folder.Of("state")), StringComparison.Ordinal);
    }

    [Fact]
    public void Closing_that_fails_is_told()
    {
        Journal journal = Open(new() { Fsync = FsyncPolicy.Never });
        Append(journal, "one", 1);
        disk.Fails = ("flush", 1);
        journal.Dispose();
        Assert.NotNull(owner.Failure);
        Assert.Contains("closed no", File.ReadAllText(folder.Of("state")), StringComparison.Ordinal);
    }

    void Fail(Journal journal, string call, int partWritten)
    {
        (disk.PartWritten, disk.Fails) = (partWritten, (call, 1));
        journal.Append("two"u8);
        JournalException failure = owner.WaitForFailure();
        Assert.Equal([1], owner.Commits);
        Assert.Same(failure, journal.Failure);
        Assert.Equal(0, journal.PendingBytes);
        Assert.Same(failure, Assert.Throws<JournalException>(() => journal.Append("four"u8)).InnerException);
        Assert.Throws<JournalException>(() => journal.Retire(1));
    }

    Journal Open(JournalOptions options) => Journal.OpenOn(disk, Boot, folder.Path, options, owner);

    void Append(Journal journal, string record, long index)
    {
        Assert.Equal(index, journal.Append(Recorder.Bytes(record)));
        owner.WaitFor(index);
        Assert.Null(owner.Failure);
    }

    Recorder ReadBack()
    {
        Recorder again = new();
        Journal.OpenOn(new(), Boot, folder.Path, new(), again).Dispose();
        return again;
    }
}
