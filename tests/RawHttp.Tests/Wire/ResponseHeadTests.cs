using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class ResponseHeadTests
{
    [Fact]
    public void Nothing_of_the_last_response_is_left_in_the_next()
    {
        var reader = new ResponseHeadReader(HttpLimits.Default);
        var head = new ResponseHead();
        reader.Read("HTTP/1.1 404 Not Found\r\nA: b\r\n\r\n"u8, head);
        reader.Read("HTTP/1.0 200 \r\n\r\n"u8, head);
        Assert.Equal((200, "", 0, HttpVersion.Http10), (head.Status, Bytes.Text(head.Reason), head.Fields.Count, head.Version));
    }
}
