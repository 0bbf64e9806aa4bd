using System.Text;
using RawHttp.Wire;
using RawRealtime.Server;

namespace RawRealtime.Tests.Server;

public sealed class SubscribeRequestTests
{
    static ServerFault Read(string query, string fields, out StartCursor start)
    {
        RequestHead head = new();
        string request = $"GET /events?{query} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n";
        Assert.Equal(ReadStatus.Done, new RequestHeadReader(new HttpLimits()).Read(Encoding.UTF8.GetBytes(request), head).Status);
        Query.Read(head.Query, out Query read);
        return StartCursor.Read(head.Fields, read, out start);
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("cursor=q", "", "q")]
    [InlineData("cursor=q", "Last-Event-ID: l\r\n", "l")]
    [InlineData("cursor=q", "Last-Event-ID: \r\n", "q")]
    [InlineData("cursor=q", "If-None-Match: \"n\"\r\n", "q")]
    [InlineData("", "If-None-Match: \"n\"\r\nLast-Event-ID: l\r\n", "l")]
    [InlineData("", "If-None-Match: \"n\"\r\n", "n")]
    [InlineData("cursor=", "", "")] // given and no cursor: the hub says "unknown" instead of passing over it in silence
    public void Last_Event_ID_wins_over_the_query_and_the_query_over_If_None_Match(string query, string fields, string? expected)
    {
        Assert.Equal(ServerFault.None, Read(query, fields, out StartCursor start));
        Assert.Equal(expected, start.Text);
        Assert.Equal(expected == "n", start.IsConditional);
    }

    [Fact]
    public void Two_cursors_in_the_query_are_refused() => Assert.Equal(ServerFault.RepeatedCursor, Read("cursor=a&cursor=b", "", out _));

    [Theory] // RFC 9110 §8.8.3
    [InlineData("\"e-1\"", "e-1")]
    [InlineData("W/\"e-1\"", "e-1")]
    [InlineData("\"earliest\"", "earliest")]
    [InlineData("e-1", null)]
    [InlineData("*", null)]
    [InlineData("\"\"", null)]
    [InlineData("\"", null)]
    [InlineData("\"a\", \"b\"", null)]
    [InlineData("w/\"a\"", null)]
    [InlineData("\"a", null)]
    public void If_None_Match_holds_one_entity_tag_or_is_refused(string value, string? expected)
    {
        ServerFault fault = Read("", $"If-None-Match: {value}\r\n", out StartCursor start);

        Assert.Equal(expected is null ? ServerFault.BadEntityTag : ServerFault.None, fault);
        Assert.Equal(expected, start.Text);
    }
}
