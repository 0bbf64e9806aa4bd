using RawHub;
using RawNet;
using RawRealtime.Access;
using Testing;

namespace RawRealtime.Tests.Access;

public sealed class GrantTests
{
    static ChannelPattern Pattern(string text)
    {
        Assert.True(ChannelPattern.TryParse(text, out ChannelPattern pattern), text);
        return pattern;
    }

    [Theory]
    [InlineData("news.*", "news.a", true)]
    [InlineData("news.*", "news.*", true)]
    [InlineData("news.*", "news.a.*", true)]
    [InlineData("*", "news.*", true)]
    [InlineData("news.*", "news*", false)]
    [InlineData("news.*", "*", false)]
    [InlineData("news.a", "news.*", false)]
    [InlineData("news.a", "news.b", false)]
    [InlineData("*", "presence:news", false)]
    [InlineData("*", "presence:*", false)]
    [InlineData("presence:*", "presence:news", true)]
    public void All_that_a_pattern_means_must_be_granted(string granted, string asked, bool expected)
    {
        Grant grant = new() { Subscribe = [Pattern("other"), Pattern(granted)] };
        Assert.Equal(expected, grant.MaySubscribe(Pattern(asked)));
        Assert.False(new Grant { Publish = [Pattern(granted)], Delete = [Pattern(granted)] }.MaySubscribe(Pattern(asked)));
    }

    [Fact]
    public void An_open_grant_is_everything_for_ever()
    {
        Assert.True(Grant.Open.MaySubscribe(Pattern("*")));
        Assert.True(Grant.Open.MaySubscribe(Pattern("presence:*")));
        Assert.True(Grant.Open.MayPublish(ChannelName.Parse("a")));
        Assert.True(Grant.Open.MayDelete(ChannelName.Parse("a")));
        Assert.Null(Grant.Open.Subject);
        Assert.False(Grant.Open.Expiry.IsOver(long.MaxValue - 1));
        Assert.Equal(7, Grant.Open.Expiry.Before(7));
    }

    [Fact]
    public void An_empty_grant_is_nothing()
    {
        Assert.False(new Grant().MaySubscribe(ChannelName.Parse("a")));
        Assert.False(new Grant().MayPublish(ChannelName.Parse("a")));
        Assert.False(new Grant().MayDelete(ChannelName.Parse("a")));
    }

    [Fact]
    public void Its_end_is_a_moment_of_the_heartbeat()
    {
        ManualTime time = new();
        using Heartbeat heartbeat = new(time);
        time.Advance(1_000);
        GrantExpiry expiry = GrantExpiry.After(heartbeat, TimeSpan.FromSeconds(2));
        Assert.Equal((false, true, 2_500L, 3_000L), (expiry.IsOver(2_999), expiry.IsOver(3_000), expiry.Before(2_500), expiry.Before(9_000)));
        Assert.Equal((false, 9_000L), (GrantExpiry.Never.IsOver(long.MaxValue - 1), GrantExpiry.Never.Before(9_000)));
    }
}
