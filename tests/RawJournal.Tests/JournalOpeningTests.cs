using RawJournal.Wire;

namespace RawJournal.Tests;

public sealed class JournalOpeningTests : IDisposable
{
    static readonly BootMark Boot = BootMark.OfId("this run"), NextBoot = BootMark.OfId("the next run");

    readonly TempFolder folder = new();
    byte[] crashedState = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_cut_of_the_last_record_is_mended_and_told()
    {
        byte[] whole = Crashed("one", "two", "three");
        int good = whole.Length - RecordFrames.SizeOf("three".Length);
        for (int length = good + 1; length < whole.Length; length++)
        {
            Restore(whole[..length]);
            Recorder owner = Open(Boot, "four");
            Assert.Equal(["one", "two"], owner.Records);
            JournalNotice notice = Assert.Single(owner.Notices);
            Assert.Equal((folder.Segment(1), good, length - good), (notice.File, notice.Offset, notice.BytesCut));
            Assert.Contains(folder.Segment(1), notice.Message, StringComparison.Ordinal);

            Recorder again = Open(Boot);
            Assert.Equal(["one", "two", "four"], again.Records);
            Assert.Empty(again.Notices);
        }
    }

    [Fact]
    public void Each_flipped_byte_of_the_last_record_is_mended_and_told()
    {
        byte[] whole = Crashed("one", "two");
        int good = whole.Length - RecordFrames.SizeOf("two".Length);
        for (int at = good; at < whole.Length; at++)
        {
            Restore(Wire.Segments.Flipped(whole, at, 0x80));
            Recorder owner = Open(Boot);
            Assert.Equal(["one"], owner.Records);
            Assert.Equal(whole.Length - good, Assert.Single(owner.Notices).BytesCut);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(1_000_000)]
    public void Zeros_at_the_end_are_cut_away(int zeros)
    {
        byte[] whole = Crashed("one", "two");
        Restore([.. whole, .. new byte[zeros]]);
        Recorder owner = Open(NextBoot);
        Assert.Equal(["one", "two"], owner.Records);
        Assert.Equal(zeros, Assert.Single(owner.Notices).BytesCut);
        Assert.Equal(whole.Length, new FileInfo(folder.Segment(1)).Length);
    }

    [Fact]
    public void Each_flipped_byte_with_a_good_record_behind_is_refused_and_nothing_changed()
    {
        byte[] whole = Crashed("one", "two");
        int end = whole.Length - RecordFrames.SizeOf("two".Length);
        for (int at = SegmentHeader.Bytes; at < end; at++)
        {
            byte[] damaged = Wire.Segments.Flipped(whole, at);
            Restore(damaged);
            JournalException refused = Assert.Throws<JournalException>(() => Open(Boot));
            Assert.Equal((folder.Segment(1), SegmentHeader.Bytes), (refused.File, refused.Offset));
            Assert.Contains($"truncate -s {SegmentHeader.Bytes} {folder.Segment(1)}", refused.Message, StringComparison.Ordinal);
            Assert.Equal(damaged, File.ReadAllBytes(folder.Segment(1)));
        }
    }

    [Fact]
    public void Each_flipped_byte_and_each_cut_of_an_older_segment_is_refused()
    {
        JournalOptions options = new() { SegmentBytes = 1 };
        Crashed(options, "one", "two");
        byte[] older = File.ReadAllBytes(folder.Segment(1));
        for (int at = 0; at < older.Length; at++)
        {
            File.WriteAllBytes(folder.Segment(1), Wire.Segments.Flipped(older, at));
            Assert.Equal(folder.Segment(1), Assert.Throws<JournalException>(() => Open(NextBoot)).File);
            if (at == SegmentHeader.Bytes) continue; // cut there it is a segment with nothing in it
            File.WriteAllBytes(folder.Segment(1), older[..at]);
            Assert.Equal(folder.Segment(1), Assert.Throws<JournalException>(() => Open(NextBoot)).File);
        }
    }

    [Fact]
    public void The_cure_that_is_told_cures_and_what_is_missing_is_not_forgotten()
    {
        byte[] whole = Crashed("one", "two", "three");
        int second = SegmentHeader.Bytes + RecordFrames.SizeOf(3);
        Restore(Wire.Segments.Flipped(whole, second));
        JournalException refused = Assert.Throws<JournalException>(() => Open(Boot));
        Assert.EndsWith($"truncate -s {second} {folder.Segment(1)} && rm {folder.Of("state")}", refused.Message, StringComparison.Ordinal);

        Restore(whole[..second]);
        File.Delete(folder.Of("state"));
        Recorder owner = new();
        using Journal journal = Journal.Open(folder.Path, new(), owner);
        Assert.Equal(["one"], owner.Records);
        Assert.True(journal.MayHaveLostTail);
    }

    [Fact]
    public void A_journal_that_was_closed_has_no_torn_end()
    {
        Open(Boot, "one", "two");
        byte[] whole = File.ReadAllBytes(folder.Segment(1));
        File.WriteAllBytes(folder.Segment(1), whole[..^1]);
        Assert.Equal(JournalFault.ShortRecord, Assert.Throws<JournalException>(() => Open(NextBoot)).Fault);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    public void A_last_segment_without_its_start_is_deleted_and_told(int length)
    {
        Crashed("one");
        File.WriteAllBytes(folder.Segment(2), new byte[length]);
        Recorder owner = Open(NextBoot, "two");
        Assert.Equal((folder.Segment(2), JournalFault.ShortHeader), (Assert.Single(owner.Notices).File, owner.Notices[0].Fault));
        Assert.Equal(["segment 1", "1: one", "1: two"], Open(NextBoot).Events);
    }

    [Fact]
    public void A_last_segment_with_a_wrong_start_is_refused()
    {
        byte[] whole = Crashed("one");
        File.WriteAllBytes(folder.Segment(2), whole); // says that it is the first
        JournalException refused = Assert.Throws<JournalException>(() => Open(NextBoot));
        Assert.Equal((folder.Segment(2), JournalFault.WrongSegment), (refused.File, refused.Fault));
        Assert.Contains($"rm {folder.Segment(2)}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_segment_with_nothing_in_it_is_fine()
    {
        Open(Boot);
        Assert.Equal(SegmentHeader.Bytes, new FileInfo(folder.Segment(1)).Length);
        Assert.Empty(Open(Boot).Notices);
    }

    [Fact]
    public void A_segment_that_was_never_finished_is_deleted_and_told()
    {
        Crashed("one");
        File.WriteAllBytes(folder.Of("0000000002.segment-new"), new byte[100]);
        Recorder owner = Open(Boot);
        Assert.Equal(100, Assert.Single(owner.Notices).BytesCut);
        Assert.Equal(["0000000001.segment", "lock", "state"], folder.Files);
    }

    [Fact]
    public void Segments_may_be_missing_and_other_files_do_not_matter()
    {
        Crashed(new JournalOptions { SegmentBytes = 1 }, "one", "two", "three");
        File.Delete(folder.Segment(2));
        File.WriteAllText(folder.Of("notes.txt"), "x");
        Assert.Equal(["segment 1", "1: one", "segment 3", "3: three"], Open(Boot).Events);
    }

    [Theory]
    [InlineData(FsyncPolicy.Every, false)]
    [InlineData(FsyncPolicy.Interval, true)]
    [InlineData(FsyncPolicy.Never, true)]
    public void A_lost_tail_is_told_until_the_owner_has_taken_it_in(FsyncPolicy policy, bool mayHaveLost)
    {
        Crashed(new JournalOptions { Fsync = policy }, "one");
        for (int opening = 0; opening < 2; opening++) Assert.Equal(mayHaveLost, Doubted(NextBoot, confirms: false));
        Assert.Equal(mayHaveLost, Doubted(NextBoot, confirms: true));
        Assert.False(Doubted(NextBoot, confirms: false));
    }

    [Fact]
    public void A_process_that_was_killed_loses_nothing()
    {
        Crashed(new JournalOptions { Fsync = FsyncPolicy.Never }, "one");
        Assert.False(Doubted(Boot, confirms: false));
    }

    // While the journal is open its files are what a crash would leave.
    byte[] Crashed(params string[] records) => Crashed(new(), records);

    byte[] Crashed(JournalOptions options, params string[] records)
    {
        Recorder owner = new();
        byte[] state;
        using (Journal journal = Journal.OpenOn(new(), Boot, folder.Path, options, owner))
        {
            for (int i = 0; i < records.Length; i++)
            {
                journal.Append(Recorder.Bytes(records[i]));
                owner.WaitFor(i + 1);
            }
            state = File.ReadAllBytes(folder.Of("state"));
        }
        File.WriteAllBytes(folder.Of("state"), state);
        crashedState = state;
        return File.ReadAllBytes(folder.Segment(1));
    }

    void Restore(byte[] segment)
    {
        File.WriteAllBytes(folder.Segment(1), segment);
        File.WriteAllBytes(folder.Of("state"), crashedState);
    }

    Recorder Open(BootMark boot, params string[] records)
    {
        Recorder owner = new();
        using Journal journal = Journal.OpenOn(new(), boot, folder.Path, new(), owner);
        foreach (string record in records) journal.Append(Recorder.Bytes(record));
        return owner;
    }

    bool Doubted(BootMark boot, bool confirms)
    {
        using Journal journal = Journal.OpenOn(new(), boot, folder.Path, new(), new Recorder());
        if (confirms) journal.ConfirmTail();
        return journal.MayHaveLostTail;
    }
}
