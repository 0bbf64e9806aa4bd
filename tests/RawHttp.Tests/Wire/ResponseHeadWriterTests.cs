using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class ResponseHeadWriterTests
{
    [Fact]
    public void What_is_written_reads_the_same()
    {
        byte[] block = new byte[200];
        var writer = new ResponseHeadWriter(block);
        writer.StatusLine(404);
        writer.Field("Content-Length"u8, 12);
        writer.Field("ETag"u8, "\"\xE9\""u8);
        writer.End();
        Assert.StartsWith("HTTP/1.1 404 Not Found\r\nContent-Length: 12\r\nETag: ", Bytes.Text(block.AsSpan(0, writer.Length)));
        Assert.Equal(ReadResult.Done(writer.Length), new ResponseHeadReader(HttpLimits.Default).Read(block.AsSpan(0, writer.Length), new ResponseHead()));
    }

    [Fact]
    public void A_status_without_a_reason_keeps_its_space()
    {
        byte[] block = new byte[64];
        var writer = new ResponseHeadWriter(block);
        writer.StatusLine(299);
        Assert.Equal("HTTP/1.1 299 \r\n", Bytes.Text(block.AsSpan(0, writer.Length)));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(600)]
    [InlineData(-1)]
    public void No_status_code(int status) => Assert.Throws<ArgumentOutOfRangeException>(() => new ResponseHeadWriter(new byte[64]).StatusLine(status));

    [Fact]
    public void Too_little_room_is_the_callers_mistake() => Assert.Throws<ArgumentException>(() => new ResponseHeadWriter(new byte[10]).StatusLine(200));
}
