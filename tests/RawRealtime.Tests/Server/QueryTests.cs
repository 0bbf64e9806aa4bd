using RawHttp.Wire;
using RawRealtime.Server;

namespace RawRealtime.Tests.Server;

public sealed class QueryTests
{
    [Fact]
    public void Values_are_decoded_once_and_names_may_repeat()
    {
        Assert.False(Query.Read("channel=a&channel=b%2Bc&x=%2525&y=a+b&z"u8, out Query query).IsRefused);

        Assert.Equal(["a", "b+c"], query.All("channel"));
        Assert.Equal("%25", query.First("x"));
        Assert.Equal("a b", query.First("y"));
        Assert.Equal("", query.First("z"));
        Assert.Null(query.First("Channel"));
    }

    [Fact]
    public void A_bad_escape_and_what_is_not_utf8_are_refused()
    {
        Assert.Equal(HttpFaults.CodeOf(HttpFault.BadEscape), Query.Read("x=%2"u8, out _).Code);
        Assert.Equal(ServerFaults.CodeOf(ServerFault.BadQuery), Query.Read("x=%FF"u8, out _).Code);
        Assert.Equal(ServerFaults.CodeOf(ServerFault.BadQuery), Query.Read("x=%C0%AF"u8, out _).Code);
    }
}
