using RawJournal.Wire;

namespace RawJournal.Tests.Wire;

public sealed class SegmentNameTests
{
    [Theory]
    [InlineData(1, "0000000001.segment")]
    [InlineData(42, "0000000042.segment")]
    [InlineData(SegmentName.Max, "9999999999.segment")]
    public void A_number_is_written_in_ten_digits(long segment, string name)
    {
        Assert.Equal(name, SegmentName.Of(segment));
        Assert.True(SegmentName.TryParse(name, out long read));
        Assert.Equal(segment, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000000000.segment")]
    [InlineData("1.segment")]
    [InlineData("00000000001.segment")]
    [InlineData("-000000001.segment")]
    [InlineData(" 000000001.segment")]
    [InlineData("000000000a.segment")]
    [InlineData("0000000001.segment-new")]
    [InlineData("0000000001.SEGMENT")]
    [InlineData("0000000001_segment")]
    [InlineData("state")]
    [InlineData("lock")]
    public void Any_other_file_is_none(string name) => Assert.False(SegmentName.TryParse(name, out _));
}
