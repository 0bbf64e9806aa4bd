using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class ContentRangeTests
{
    [Theory]
    // RFC 9110 §14.4: its examples
    [InlineData(42, 1233, 1234, "bytes 42-1233/1234")]
    [InlineData(0, 499, 1234, "bytes 0-499/1234")]
    [InlineData(0, 0, 1, "bytes 0-0/1")]
    [InlineData(long.MaxValue - 2, long.MaxValue - 1, long.MaxValue, "bytes 9223372036854775805-9223372036854775806/9223372036854775807")]
    public void A_range_is_written(long first, long last, long length, string value)
    {
        byte[] into = new byte[ContentRange.MaxLength];
        Assert.Equal(value, Bytes.Text(into.AsSpan(0, ContentRange.Write(into, new(first, last), length))));
    }

    [Fact] // RFC 9110 §15.5.17
    public void That_there_is_none_is_written()
    {
        byte[] into = new byte[ContentRange.MaxLength];
        Assert.Equal("bytes */47022", Bytes.Text(into.AsSpan(0, ContentRange.WriteUnsatisfied(into, 47022))));
    }

    [Fact]
    public void Without_room_nothing_is_written()
    {
        byte[] into = new byte[ContentRange.MaxLength - 1];
        Assert.Throws<ArgumentException>(() => ContentRange.Write(into, new(0, 0), 1));
        Assert.Throws<ArgumentException>(() => ContentRange.WriteUnsatisfied(into, 1));
    }
}
