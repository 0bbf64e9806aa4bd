using RawJournal.Wire;

namespace RawJournal.Tests;

public sealed class JournalInboxTests
{
    const int Most = 1000;

    readonly JournalInbox inbox = new(Most);
    PendingBatch batch = new();

    [Fact]
    public void All_that_is_pending_is_taken_at_once()
    {
        inbox.Append([1]);
        inbox.Append([2, 2]);
        inbox.Retire(3);
        inbox.ConfirmTail();
        JournalWork work = inbox.Take(ref batch, 0);
        Assert.Equal((2, true, false), (work.UpToIndex, work.IsTailKnown, work.IsClosing));
        Assert.Equal([3], work.Retired);
        Assert.Equal(RecordFrames.SizeOf(1) + RecordFrames.SizeOf(2), batch.Length);

        batch.Clear();
        work = inbox.Take(ref batch, 0);
        Assert.Equal((2, false), (work.UpToIndex, work.IsTailKnown));
        Assert.Empty(work.Retired);
        Assert.Equal(0, batch.Length);
    }

    [Fact]
    public void What_is_taken_counts_until_it_is_written()
    {
        inbox.Append(new byte[100]);
        inbox.Take(ref batch, 0);
        inbox.Append(new byte[50]);
        Assert.Equal(RecordFrames.SizeOf(100) + RecordFrames.SizeOf(50), inbox.PendingBytes);
        inbox.Release();
        Assert.Equal(RecordFrames.SizeOf(50), inbox.PendingBytes);
    }

    [Fact]
    public void Beyond_the_most_an_append_is_refused_and_nothing_else_changes()
    {
        inbox.Append(new byte[900]);
        Assert.Throws<JournalException>(() => inbox.Append(new byte[100]));
        Assert.Equal(2, inbox.Append(new byte[Most - RecordFrames.SizeOf(900) - RecordHead.Bytes]));
        Assert.Equal(Most, inbox.PendingBytes);
    }

    [Fact]
    public void After_a_failure_nothing_is_pending_and_nothing_is_taken()
    {
        inbox.Append([1]);
        JournalException why = new("why");
        inbox.Fail(why);
        Assert.Equal(0, inbox.PendingBytes);
        Assert.Same(why, inbox.Failure);
        Assert.Same(why, Assert.Throws<JournalException>(() => inbox.Append([1])).InnerException);
        Assert.Throws<JournalException>(inbox.ConfirmTail);
    }

    [Fact]
    public void After_closing_what_is_pending_is_still_taken()
    {
        inbox.Append([1]);
        inbox.Close();
        JournalWork work = inbox.Take(ref batch, -1);
        Assert.True(work.IsClosing);
        Assert.Equal(RecordFrames.SizeOf(1), batch.Length);
        Assert.Throws<ObjectDisposedException>(() => inbox.Append([1]));
    }
}
