namespace RawJournal.Tests;

public sealed class CheckpointWriterTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_takes_records_until_it_ends()
    {
        using SegmentFile segment = SegmentFile.Create(new(), folder.Path, new(7, 1));
        CheckpointWriter checkpoint = new(segment);
        checkpoint.Write("one"u8);
        Assert.Throws<ArgumentOutOfRangeException>(() => checkpoint.Write([]));
        checkpoint.Write("two"u8);
        checkpoint.End();
        Assert.Throws<InvalidOperationException>(() => checkpoint.Write("late"u8));
        segment.Publish();
        Assert.Equal(["one", "two"], Wire.Segments.Read(File.ReadAllBytes(folder.Segment(7))).Records);
    }

    [Fact]
    public void A_large_one_is_written_piece_by_piece()
    {
        using SegmentFile segment = SegmentFile.Create(new(), folder.Path, new(7, 1));
        CheckpointWriter checkpoint = new(segment);
        long before = segment.Length;
        for (int i = 0; i < 11; i++) checkpoint.Write(new byte[100_000]);
        Assert.True(segment.Length > before);
    }
}
