using RawJournal.Wire;

namespace RawJournal.Tests;

public sealed class PendingBatchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(3_000_000)]
    public void It_grows_and_is_emptied(int length)
    {
        PendingBatch batch = new();
        for (int round = 0; round < 2; round++)
        {
            batch.Add([7], 0);
            batch.Add(new byte[length], 0);
            Assert.Equal(RecordFrames.SizeOf(1) + RecordFrames.SizeOf(length), batch.Length);
            Assert.Equal(7, batch.Frames[RecordHead.Bytes]);
            batch.Clear();
            Assert.Equal(0, batch.Frames.Length);
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(RecordHead.MaxRecordBytes, true)]
    [InlineData(RecordHead.MaxRecordBytes + 1, false)]
    public void A_record_has_a_byte_and_not_too_many(int length, bool isTaken)
    {
        if (isTaken) PendingBatch.Check(new byte[length]);
        else Assert.Throws<ArgumentOutOfRangeException>(() => PendingBatch.Check(new byte[length]));
    }
}
