using System.Buffers.Binary;
using RawJournal.Wire;

namespace RawJournal.Tests.Wire;

public sealed class RecordHeadTests
{
    static readonly RecordHead Head = new(5, 0xDEADBEEF, 96);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(RecordHead.MaxRecordBytes)]
    public void It_reads_as_it_was_written(int length)
    {
        RecordHead head = Head with { Length = length };
        Assert.Equal(JournalFault.None, RecordHead.Read(Written(head, 100), Segments.Salt, 100, out RecordHead read));
        Assert.Equal(head, read);
    }

    [Fact]
    public void A_part_of_it_is_too_short()
    {
        for (int length = 1; length < RecordHead.Bytes; length++)
            Assert.Equal(JournalFault.ShortHead, RecordHead.Read(Written(Head, 100).AsSpan(0, length), Segments.Salt, 100, out _));
    }

    [Fact]
    public void Each_bit_counts()
    {
        for (int bit = 0; bit < 8 * RecordHead.Bytes; bit++)
            Assert.Equal(JournalFault.BadHeadChecksum, RecordHead.Read(Segments.Flipped(Written(Head, 100), bit / 8, (byte)(1 << (bit % 8))), Segments.Salt, 100, out _));
    }

    [Theory]
    [InlineData(Segments.Salt, 101)]
    [InlineData(Segments.Salt, 0)]
    [InlineData(Segments.Salt + 1, 100)]
    [InlineData(0, 100)]
    public void It_counts_at_its_place_in_its_segment_alone(ulong salt, long offset) =>
        Assert.Equal(JournalFault.BadHeadChecksum, RecordHead.Read(Written(Head, 100), salt, offset, out _));

    [Fact]
    public void Zeros_are_no_head() => Assert.Equal(JournalFault.ZeroHead, RecordHead.Read(new byte[64], Segments.Salt, 100, out _));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(RecordHead.MaxRecordBytes + 1)]
    [InlineData(int.MaxValue)]
    public void A_length_that_is_never_written_is_refused(int length) =>
        Assert.Equal(JournalFault.BadLength, RecordHead.Read(Written(Head with { Length = length }, 100), Segments.Salt, 100, out _));

    static byte[] Written(RecordHead head, long offset)
    {
        byte[] bytes = new byte[RecordHead.Bytes];
        head.Write(bytes, Segments.Salt, offset);
        Assert.Equal(head.SyncedTo, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8)));
        return bytes;
    }
}
