using System.Text;
using RawLongPoll.Wire;

namespace RawLongPoll.Tests.Wire;

public class PollRequestTests
{
    static ReadOnlySpan<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    static PollFault Query(PollRequest request, string query)
    {
        foreach (string pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            PollFault fault = request.OnQuery(Utf8(pair.Split('=')[0]), Utf8(pair.Split('=')[1]));
            if (fault != PollFault.None) return fault;
        }
        return PollFault.None;
    }

    [Fact]
    public void A_poll_that_asks_for_nothing_gets_the_defaults()
    {
        PollRequest request = new();
        Assert.Equal((25, 100, null), (request.WaitSeconds, request.Limit, request.Client));
    }

    public static TheoryData<string, PollFault> Queries => new()
    {
        { "wait=1&limit=1&client=c&cursor=x", PollFault.None },
        { "wait=0", PollFault.None },
        { "channel=a&channel=b&data=x&unknown=y", PollFault.None },
        { "wait=", PollFault.BadWait },
        { "wait=-1", PollFault.BadWait },
        { "wait=+1", PollFault.BadWait },
        { "wait=1.5", PollFault.BadWait },
        { "wait= 1", PollFault.BadWait },
        { "wait=999999x", PollFault.BadWait },
        { "limit=", PollFault.BadLimit },
        { "limit=0", PollFault.BadLimit },
        { "limit=all", PollFault.BadLimit },
        { "client=", PollFault.BadClient },
        { "client=a b", PollFault.BadClient },
        { "client=é", PollFault.BadClient },
        { "wait=1&wait=1", PollFault.RepeatedParameter },
        { "limit=1&limit=2", PollFault.RepeatedParameter },
        { "client=a&client=b", PollFault.RepeatedParameter },
    };

    [Theory, MemberData(nameof(Queries))]
    public void Each_broken_rule_of_the_query_has_a_name(string query, PollFault expected) => Assert.Equal(expected, Query(new(), query));

    [Fact]
    public void A_client_has_at_most_128_characters()
    {
        Assert.Equal(PollFault.None, new PollRequest().OnQuery("client"u8, Utf8(new string('c', 128))));
        Assert.Equal(PollFault.BadClient, new PollRequest().OnQuery("client"u8, Utf8(new string('c', 129))));
    }

    [Theory]
    [InlineData("wait=120&limit=1000", 120, 1000)]
    [InlineData("wait=121&limit=1001", 120, 1000)]
    [InlineData("wait=99999999999999999999&limit=99999999999999999999", 120, 1000)]
    [InlineData("wait=007", 7, 100)]
    public void More_than_the_most_counts_as_the_most(string query, int wait, int limit)
    {
        PollRequest request = new();
        Assert.Equal(PollFault.None, Query(request, query));
        Assert.Equal((wait, limit), (request.WaitSeconds, request.Limit));
    }

    [Theory] // RFC 7240 §2
    [InlineData("wait=10", 10)]
    [InlineData("WAIT = 10", 10)]
    [InlineData("wait=\"10\"", 10)]
    [InlineData("wait=10;x=y", 10)]
    [InlineData("wait=600", 120)]
    [InlineData("wait", 25)]
    [InlineData("wait=", 25)]
    [InlineData("wait=0", 0)]
    [InlineData("wait=soon", 25)]
    [InlineData("return=minimal", 25)]
    public void Prefer_wait_is_the_same_and_is_ignored_when_not_understood(string preference, int wait)
    {
        PollRequest request = new();
        request.OnPreference(Utf8(preference));
        Assert.Equal(wait, request.WaitSeconds);
        Assert.Equal(wait != 25, request.IsWaitPreferred);
    }

    [Fact]
    public void The_query_wins_over_a_preference_and_the_first_preference_over_the_second()
    {
        PollRequest request = new();
        request.OnPreference("wait=10"u8);
        request.OnPreference("wait=20"u8);
        Assert.Equal(10, request.WaitSeconds);
        Query(request, "wait=5");
        Assert.Equal((5, false), (request.WaitSeconds, request.IsWaitPreferred));
    }
}
