using System.Buffers.Binary;
using RawJournal.Wire;

namespace RawJournal.Tests.Wire;

public sealed class SegmentHeaderTests
{
    [Fact]
    public void It_reads_as_it_was_written()
    {
        Assert.Equal(JournalFault.None, SegmentHeader.Read(Segments.Header(), Segments.Number, out SegmentHeader header));
        Assert.Equal(new SegmentHeader(Segments.Number, Segments.Salt), header);
    }

    [Fact]
    public void A_part_of_it_is_too_short()
    {
        byte[] header = Segments.Header();
        for (int length = 0; length < header.Length; length++)
            Assert.Equal(JournalFault.ShortHeader, SegmentHeader.Read(header.AsSpan(0, length), Segments.Number, out _));
        Assert.Equal(JournalFault.ShortHeader, SegmentHeader.Read(new byte[4096], Segments.Number, out _));
    }

    [Theory]
    [InlineData(0, 8, JournalFault.BadMagic)]
    [InlineData(8, 12, JournalFault.BadVersion)]
    [InlineData(12, 32, JournalFault.BadHeaderChecksum)]
    public void Each_bit_counts(int from, int to, JournalFault fault)
    {
        for (int at = from; at < to; at++)
            for (int bit = 0; bit < 8; bit++)
                Assert.Equal(fault, SegmentHeader.Read(Segments.Flipped(Segments.Header(), at, (byte)(1 << bit)), Segments.Number, out _));
    }

    [Theory]
    [InlineData(Segments.Number - 1)]
    [InlineData(Segments.Number + 1)]
    [InlineData(0)]
    public void A_file_under_another_name_is_refused(long named) =>
        Assert.Equal(JournalFault.WrongSegment, SegmentHeader.Read(Segments.Header(), named, out _));

    [Fact]
    public void A_later_version_is_refused_as_such_even_if_its_checksum_is_right()
    {
        byte[] header = Segments.Header();
        header[8] = 2;
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(28), Checksum.Of(header.AsSpan(0, 28)));
        Assert.Equal(JournalFault.BadVersion, SegmentHeader.Read(header, Segments.Number, out _));
    }
}
