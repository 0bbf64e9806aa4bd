using System.Buffers.Binary;
using RawJournal.Wire;

namespace RawJournal.Tests;

public sealed class JournalTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(FsyncPolicy.Every)]
    [InlineData(FsyncPolicy.Interval)]
    [InlineData(FsyncPolicy.Never)]
    public void What_was_appended_is_there_again(FsyncPolicy policy)
    {
        Recorder first = Run(new() { Fsync = policy }, "one", "two", "three");
        Assert.Equal(3, first.Commits[^1]);
        Assert.Equal(["one", "two", "three"], Run(new() { Fsync = policy }, "four").Records);

        Recorder last = Run(new());
        Assert.Equal(["segment 1", "1: one", "1: two", "1: three", "1: four"], last.Events);
        Assert.Empty(last.Notices);
        Assert.Equal(["0000000001.segment", "lock", "state"], folder.Files);
    }

    [Fact]
    public void The_folder_is_made_when_there_is_none()
    {
        string path = Path.Combine(folder.Of("a"), "b");
        Journal.Open(path, new(), new Recorder()).Dispose();
        Assert.True(File.Exists(Path.Combine(path, "state")));
    }

    [Fact]
    public void Indices_count_from_one_in_each_life()
    {
        for (int life = 0; life < 2; life++)
        {
            using Journal journal = Journal.Open(folder.Path, new(), new Recorder());
            Assert.Equal(1, journal.Append("a"u8));
            Assert.Equal(2, journal.Append("b"u8));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(RecordHead.MaxRecordBytes + 1)]
    public void A_record_of_no_or_too_many_bytes_is_refused(int length)
    {
        using Journal journal = Journal.Open(folder.Path, new(), new Recorder());
        Assert.Throws<ArgumentOutOfRangeException>(() => journal.Append(new byte[length]));
        Assert.Equal(1, journal.Append("still"u8));
    }

    [Fact]
    public void The_longest_record_is_taken()
    {
        byte[] longest = new byte[RecordHead.MaxRecordBytes];
        longest[^1] = 1;
        Run(new(), System.Text.Encoding.Latin1.GetString(longest));
        Assert.Equal(longest.Length, Assert.Single(Run(new()).Records).Length);
    }

    [Fact]
    public void A_closed_journal_takes_nothing()
    {
        Journal journal = Journal.Open(folder.Path, new(), new Recorder());
        journal.Dispose();
        journal.Dispose();
        Assert.Throws<ObjectDisposedException>(() => journal.Append("late"u8));
        Assert.Throws<ObjectDisposedException>(() => journal.Retire(1));
        Assert.Throws<ObjectDisposedException>(journal.ConfirmTail);
    }

    [Fact]
    public void A_segment_that_is_not_there_yet_cannot_be_retired()
    {
        using Journal journal = Journal.Open(folder.Path, new(), new Recorder());
        Assert.Throws<ArgumentOutOfRangeException>(() => journal.Retire(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => journal.Retire(2));
    }

    [Fact]
    public void A_failed_opening_lets_go_of_the_folder()
    {
        Run(new(), "one", "two");
        byte[] whole = File.ReadAllBytes(folder.Segment(1));
        File.WriteAllBytes(folder.Segment(1), [.. whole[..^1], (byte)(whole[^1] ^ 1)]);
        Assert.Throws<JournalException>(() => Journal.Open(folder.Path, new(), new Recorder()));
        File.WriteAllBytes(folder.Segment(1), whole);
        Assert.Equal(["one", "two"], Run(new()).Records);
    }

    [Fact]
    public void The_owner_cannot_close_it_from_a_call()
    {
        Recorder owner = new();
        using Journal journal = Journal.Open(folder.Path, new(), owner);
        owner.Committing = _ => journal.Dispose();
        journal.Append("one"u8);
        Assert.IsType<InvalidOperationException>(owner.WaitForFailure().InnerException);
    }

    [Theory]
    [InlineData(FsyncPolicy.Every, 10_000)]
    [InlineData(FsyncPolicy.Interval, 10_000)]
    public void Eight_threads_append_and_all_is_committed_in_order(FsyncPolicy policy, int each)
    {
        const int Threads = 8;
        JournalOptions options = new() { Fsync = policy, SegmentBytes = 300_000 };
        long[][] indices = new long[Threads][];
        Recorder owner = new();
        using (Journal journal = Journal.Open(folder.Path, options, owner))
        {
            Thread[] threads = [.. Enumerable.Range(0, Threads).Select(one => new Thread(() => indices[one] = AppendMany(journal, one, each)))];
            foreach (Thread thread in threads) thread.Start();
            foreach (Thread thread in threads) thread.Join();
            owner.WaitFor(Threads * each);
            Assert.Equal(0, journal.PendingBytes);
            Assert.True(journal.ActiveSegment > 1);
        }
        Assert.Equal(owner.Commits.Order().Distinct(), owner.Commits);
        Assert.Equal(Enumerable.Range(1, Threads * each).Select(i => (long)i), indices.SelectMany(i => i).Order());

        Reader reader = new();
        Journal.Open(folder.Path, options, reader).Dispose();
        Assert.Equal(Threads * each, reader.Found.Count);
        for (int one = 0; one < Threads; one++)
            for (int i = 0; i < each; i++) Assert.Equal((one, i), reader.Found[(int)indices[one][i] - 1]);
    }

    static long[] AppendMany(Journal journal, int thread, int count)
    {
        long[] indices = new long[count];
        byte[] record = new byte[40];
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(record, thread);
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(4), i);
            while (journal.PendingBytes > 100_000) Thread.Yield();
            indices[i] = journal.Append(record.AsSpan(0, 8 + i % 32));
        }
        return indices;
    }

    Recorder Run(JournalOptions options, params string[] records)
    {
        Recorder owner = new();
        using Journal journal = Journal.Open(folder.Path, options, owner);
        foreach (string record in records) journal.Append(Recorder.Bytes(record));
        return owner;
    }

    sealed class Reader : IJournalOwner
    {
        public List<(int Thread, int Number)> Found { get; } = [];

        public void OnRecord(long segment, ReadOnlySpan<byte> record) =>
            Found.Add((BinaryPrimitives.ReadInt32LittleEndian(record), BinaryPrimitives.ReadInt32LittleEndian(record[4..])));

        public void OnSegmentStart(long segment)
        {
        }

        public void OnNotice(JournalNotice notice) => Assert.Fail(notice.Message);

        public void OnCommitted(long upToIndex)
        {
        }

        public void WriteCheckpoint(long segment, CheckpointWriter checkpoint)
        {
        }

        public void OnFailed(JournalException failure) => Assert.Fail(failure.Message);
    }
}
