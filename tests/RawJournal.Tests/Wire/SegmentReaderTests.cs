using RawJournal.Wire;

namespace RawJournal.Tests.Wire;

public sealed class SegmentReaderTests
{
    static readonly byte[] Three = Segments.Of("one", "two", "three");
    static readonly int Second = SegmentHeader.Bytes + RecordFrames.SizeOf(3), Third = Second + RecordFrames.SizeOf(3);

    [Fact]
    public void All_records_are_read_in_order() => AssertReads(Three, "one,two,three", JournalFault.None, Three.Length);

    [Fact]
    public void A_segment_may_be_empty() => AssertReads(Segments.Header(), "", JournalFault.None, SegmentHeader.Bytes);

    /// <summary>Every file that a write cut short can leave.</summary>
    [Fact]
    public void At_each_cut_all_records_before_it_are_read_and_none_else()
    {
        for (int length = 0; length < Three.Length; length++)
        {
            (string records, int good) = length < Second ? ("", SegmentHeader.Bytes) : length < Third ? ("one", Second) : ("one,two", Third);
            JournalFault fault = length < SegmentHeader.Bytes ? JournalFault.ShortHeader
                : length == good ? JournalFault.None
                : length - good < RecordHead.Bytes ? JournalFault.ShortHead : JournalFault.ShortRecord;
            AssertReads(Three[..length], records, fault, length < SegmentHeader.Bytes ? 0 : good);
        }
    }

    [Fact]
    public void At_each_flipped_bit_all_records_before_it_are_read_and_none_else()
    {
        for (int bit = 8 * SegmentHeader.Bytes; bit < 8 * Three.Length; bit++)
        {
            int at = bit / 8;
            (string records, int good) = at < Second ? ("", SegmentHeader.Bytes) : at < Third ? ("one", Second) : ("one,two", Third);
            JournalFault fault = at - good < RecordHead.Bytes ? JournalFault.BadHeadChecksum : JournalFault.BadRecordChecksum;
            AssertReads(Segments.Flipped(Three, at, (byte)(1 << (bit % 8))), records, fault, good);
        }
    }

    [Theory]
    [InlineData(1, JournalFault.ShortHead)]
    [InlineData(15, JournalFault.ShortHead)]
    [InlineData(16, JournalFault.ZeroHead)]
    [InlineData(4096, JournalFault.ZeroHead)]
    public void Zeros_behind_the_last_record_are_none(int zeros, JournalFault fault) =>
        AssertReads([.. Three, .. new byte[zeros]], "one,two,three", fault, Three.Length);

    /// <summary>Each alone is good; "one" and "two" are equally long, so only their places tell that they were changed over.</summary>
    [Fact]
    public void Records_in_another_order_are_refused() =>
        AssertReads([.. Three[..SegmentHeader.Bytes], .. Three[Second..Third], .. Three[SegmentHeader.Bytes..Second], .. Three[Third..]], "", JournalFault.BadHeadChecksum, SegmentHeader.Bytes);

    [Fact]
    public void A_bad_header_is_told_before_any_record()
    {
        for (int at = 0; at < SegmentHeader.Bytes; at++)
        {
            (List<string> records, JournalFault fault, int offset) = Segments.Read(Segments.Flipped(Three, at));
            Assert.Empty(records);
            Assert.NotEqual(JournalFault.None, fault);
            Assert.Equal(0, offset);
        }
    }

    static void AssertReads(byte[] file, string records, JournalFault fault, int offset)
    {
        (List<string> read, JournalFault found, int stopped) = Segments.Read(file);
        Assert.Equal((records, fault, offset), (string.Join(',', read), found, stopped));
    }
}
