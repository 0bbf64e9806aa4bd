using System.Text;
using RawHttp.Wire;
using RawRealtime.Server;

namespace RawRealtime.Tests.Server;

public sealed class QueryTests
{
    static string Text(in Query query)
    {
        List<string> pairs = [];
        foreach (Query.Pair pair in query) pairs.Add($"{Encoding.UTF8.GetString(pair.Name)}={pair.Text}");
        return string.Join(' ', pairs);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("&&", "")]
    [InlineData("channel=a&channel=b%2Bc&z", "channel=a channel=b+c z=")]
    [InlineData("x=%2525&y=a+b", "x=%25 y=a b")]
    [InlineData("x=%C3%A4&x=\u00FC", "x=\u00E4 x=\u00FC")]
    [InlineData("%78=1&=2&a=b=c", "%78=1 =2 a=b=c")] // names are taken as they were sent
    public void Values_are_decoded_once_and_names_may_repeat(string raw, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(raw);
        Assert.False(Query.Read(bytes, out Query query).IsRefused);
        Assert.Equal(expected, Text(query));
        Assert.Equal(expected, Text(Query.OfJudged(bytes)));
    }

    [Fact]
    public void Of_values_of_one_name_the_first_may_be_asked_for()
    {
        Query.Read("y=a+b&z&y=c"u8, out Query query);
        Assert.Equal("a b", query.First("y"u8));
        Assert.Equal("", query.First("z"u8));
        Assert.Null(query.First("Y"u8));
    }

    [Fact]
    public void A_bad_escape_and_what_is_not_utf8_are_refused()
    {
        Assert.Equal(HttpFaults.CodeOf(HttpFault.BadEscape), Query.Read("x=%2"u8, out _).Code);
        Assert.Equal(ServerFaults.CodeOf(ServerFault.BadQuery), Query.Read("x=%FF"u8, out _).Code);
        Assert.Equal(ServerFaults.CodeOf(ServerFault.BadQuery), Query.Read("x=%C0%AF"u8, out _).Code);
        Assert.Equal(ServerFaults.CodeOf(ServerFault.BadQuery), Query.Read([(byte)'a', 0xFF, (byte)'='], out _).Code);
    }
}
