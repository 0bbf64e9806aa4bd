using RawHttp.Client;
using RawHttp.Wire;

namespace RawHttp.Tests.Client;

public class HttpClientOptionsTests
{
    public static TheoryData<string, Func<int, HttpClientOptions>, int> Bounds => new()
    {
        // option                  set to                                               least
        { "interim answers",       n => new() { MaxInterimAnswers = n },                0 },
        { "connect time",          n => new() { ConnectMilliseconds = n },              1 },
        { "head time",             n => new() { HeadMilliseconds = n },                 1 },
        { "content time",          n => new() { ContentMilliseconds = n },              1 },
        { "whole time",            n => new() { WholeMilliseconds = n },                1 },
        { "continue time",         n => new() { ContinueMilliseconds = n },             1 },
    };

    [Theory, MemberData(nameof(Bounds))]
    public void Too_small_is_the_callers_mistake(string option, Func<int, HttpClientOptions> set, int least)
    {
        Assert.NotNull(set(least));
        Exception? refused = Record.Exception(() => set(least - 1));
        Assert.True(refused is ArgumentOutOfRangeException, option);
    }

    [Fact]
    public void No_whole_time_is_any_time() => Assert.Null((HttpClientOptions.Default with { WholeMilliseconds = null }).WholeMilliseconds);

    [Fact]
    public void The_largest_head_fits() =>
        Assert.True(new HttpClientOptions { Limits = new() { MaxHeadBytes = 1 << 20 } }.MaxUnreadBytes > (1 << 20) + HttpLimits.Default.MaxRequestLineBytes);
}
