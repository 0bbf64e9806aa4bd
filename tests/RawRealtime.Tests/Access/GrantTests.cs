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
    public void Its_end_is_told_once_by_the_heartbeat_and_not_after_it_was_disposed()
    {
        ManualTime time = new();
        using Heartbeat heartbeat = new(time);
        Told told = new(), never = new();
        GrantExpiry expiry = GrantExpiry.After(heartbeat, TimeSpan.FromSeconds(2));
        using Deadline? kept = expiry.Tell(told);
        expiry.Tell(never)!.Dispose();
        Assert.Null(GrantExpiry.Never.Tell(never));
        time.Advance(1_900);
        Assert.Equal(0, told.Times);
        time.Advance(5_000);
        Assert.Equal((1, 0), (told.Times, never.Times));
    }

    sealed class Told : IDeadlineOwner
    {
        public int Times { get; private set; }

        public void OnDue(long nowMilliseconds) => Times++;
    }
}
