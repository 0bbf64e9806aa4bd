using RawJournal.Wire;

namespace RawJournal.Tests;

public sealed class SegmentFileTests : IDisposable
{
    readonly TempFolder folder = new();
    readonly TestDisk disk = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_has_its_name_when_its_start_is_on_the_disk()
    {
        using SegmentFile segment = SegmentFile.Create(disk, folder.Path, new(7, Wire.Segments.Salt));
        Assert.Equal(["0000000007.segment-new"], folder.Files);
        Assert.Equal("flush, move, folder", disk.DoneSince(segment.Publish));
        Assert.Equal(["0000000007.segment"], folder.Files);
        Assert.Equal(Wire.Segments.Header(), File.ReadAllBytes(folder.Segment(7)));
    }

    [Fact]
    public void Records_stand_where_their_heads_say_and_know_what_was_synced()
    {
        using SegmentFile segment = SegmentFile.Create(disk, folder.Path, new(7, Wire.Segments.Salt));
        segment.Publish();
        segment.Write(Wire.Segments.Frame("one"u8.ToArray(), 0));
        segment.Flush();
        segment.Write(Wire.Segments.Frame("two"u8.ToArray(), 0));
        uint second = (uint)(SegmentHeader.Bytes + RecordFrames.SizeOf(3));
        Assert.Equal(Wire.Segments.Of(("one", SegmentHeader.Bytes), ("two", second)), File.ReadAllBytes(folder.Segment(7)));
        Assert.Equal(2 * RecordFrames.SizeOf(3), segment.RecordBytes);
    }

    [Fact]
    public void What_is_synced_is_not_synced_again()
    {
        using SegmentFile segment = SegmentFile.Create(disk, folder.Path, new(7, 1));
        segment.Flush();
        Assert.Equal("", disk.DoneSince(segment.Flush));
    }

    [Fact]
    public void Cutting_lasts()
    {
        using SegmentFile segment = SegmentFile.Create(disk, folder.Path, new(7, Wire.Segments.Salt));
        segment.Publish();
        segment.Write(Wire.Segments.Frame("one"u8.ToArray(), 0));
        Assert.Equal("flush", disk.DoneSince(() => segment.Cut(SegmentHeader.Bytes)));
        segment.Write(Wire.Segments.Frame("two"u8.ToArray(), 0));
        Assert.Equal(["two"], Wire.Segments.Read(File.ReadAllBytes(folder.Segment(7))).Records);
    }

    [Fact]
    public void One_that_cannot_be_begun_is_let_go()
    {
        disk.Fails = ("write", 1);
        Assert.Throws<IOException>(() => SegmentFile.Create(disk, folder.Path, new(7, 1)));
        using SegmentFile segment = SegmentFile.Create(disk, folder.Path, new(7, 1));
        Assert.Equal(SegmentHeader.Bytes, segment.Length);
    }
}
