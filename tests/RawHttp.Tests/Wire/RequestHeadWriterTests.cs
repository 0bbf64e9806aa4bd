using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class RequestHeadWriterTests
{
    [Fact]
    public void What_is_written_reads_the_same()
    {
        byte[] block = new byte[200];
        var writer = new RequestHeadWriter(block);
        writer.RequestLine("GET"u8, "/ws?channel=a"u8);
        writer.Field("Host"u8, "a:80"u8);
        writer.Field("Content-Length"u8, 0);
        writer.End();
        Assert.Equal("GET /ws?channel=a HTTP/1.1\r\nHost: a:80\r\nContent-Length: 0\r\n\r\n", Bytes.Text(block.AsSpan(0, writer.Length)));
        Assert.Equal(ReadResult.Done(writer.Length), new RequestHeadReader(HttpLimits.Default).Read(block.AsSpan(0, writer.Length), new RequestHead()));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    public void Too_little_room_is_the_callers_mistake(int room) =>
        Assert.Throws<ArgumentException>(() => new RequestHeadWriter(new byte[room]).RequestLine("GET"u8, "/"u8));

    [Theory]
    [InlineData("G T", "/")]
    [InlineData("", "/")]
    [InlineData("GET", "")]
    [InlineData("GET", "/a b")]
    [InlineData("GET", "/\r\nA: b")]
    [InlineData("GET", "/#a")]
    [InlineData("GET", "*")]
    public void A_line_that_would_be_refused_is_not_written(string method, string target) =>
        Assert.Throws<ArgumentException>(() => new RequestHeadWriter(new byte[64]).RequestLine(Bytes.Of(method), Bytes.Of(target)));
}
