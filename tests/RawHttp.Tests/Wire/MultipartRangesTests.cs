using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class MultipartRangesTests
{
    const string Content = "0123456789";

    [Fact] // RFC 9110 §14.6, §15.3.7.2, RFC 2046 §5.1.1
    public void Parts_stand_between_boundaries_and_name_their_range() =>
        Assert.Equal("\r\n--THIS\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/10\r\n\r\n01"
            + "\r\n--THIS\r\nContent-Type: text/plain\r\nContent-Range: bytes 7-9/10\r\n\r\n789"
            + "\r\n--THIS--\r\n", Written(new(0, 1), new(7, 9)));

    [Theory]
    [InlineData(0, 0, 9, 9)]
    [InlineData(1, 8, 0, 0)]
    public void The_length_is_known_before(long first, long last, long second, long end)
    {
        ByteRange[] ranges = [new(first, last), new(second, end)];
        Assert.Equal(Written(ranges).Length, new MultipartRanges("THIS"u8, "text/plain"u8, Content.Length).ContentLength(ranges));
    }

    [Fact]
    public void Room_is_enough_for_the_largest_file_and_the_longest_boundary()
    {
        var parts = new MultipartRanges(new byte[70], new byte[200], long.MaxValue);
        byte[] into = new byte[parts.MaxPartHead];
        Assert.Equal(into.Length, parts.WritePartHead(into, new(long.MaxValue - 1, long.MaxValue - 1)));
    }

    [Fact]
    public void Without_room_it_is_our_mistake()
    {
        Assert.Throws<ArgumentException>(() => new MultipartRanges("THIS"u8, "a/b"u8, 10).WritePartHead(new byte[40], new(0, 1)));
        Assert.Throws<ArgumentException>(() => new MultipartRanges("THIS"u8, "a/b"u8, 10).WriteEnd(new byte[8]));
    }

    static string Written(params ByteRange[] ranges)
    {
        var parts = new MultipartRanges("THIS"u8, "text/plain"u8, Content.Length);
        byte[] into = new byte[parts.MaxPartHead];
        string all = "";
        foreach (ByteRange range in ranges)
            all += Bytes.Text(into.AsSpan(0, parts.WritePartHead(into, range))) + Content[(int)range.First..(int)(range.Last + 1)];
        return all + Bytes.Text(into.AsSpan(0, parts.WriteEnd(into)));
    }
}
