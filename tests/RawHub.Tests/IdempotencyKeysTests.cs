using System.Text;

namespace RawHub.Tests;

public class IdempotencyKeysTests
{
    static readonly ChannelName A = ChannelName.Parse("a"), B = ChannelName.Parse("b");
    static readonly PublishAnswer Answer = new(new(HubFixture.EpochNumber(1), 7), 3);

    readonly IdempotencyKeys keys = new(maxKeys: 3);
    int called;

    KeyClaim Claim(ChannelName channel, string key) => keys.Claim(channel, key, () => called++, out _);

    [Theory]
    [InlineData("!", true)]
    [InlineData("~", true)]
    [InlineData("0a8e9f2c-1b", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a\u007F", false)]
    [InlineData("a\0", false)]
    [InlineData("é", false)]
    public void A_key_is_visible_ASCII(string key, bool expected) =>
        Assert.Equal(expected, IdempotencyKeys.IsValid(Encoding.UTF8.GetBytes(key)));

    [Fact]
    public void A_key_has_at_most_128_characters()
    {
        Assert.True(IdempotencyKeys.IsValid(Encoding.ASCII.GetBytes(new string('k', 128))));
        Assert.False(IdempotencyKeys.IsValid(Encoding.ASCII.GetBytes(new string('k', 129))));
    }

    [Fact]
    public void The_same_key_gets_the_first_answer_again()
    {
        Assert.Equal(KeyClaim.Publish, Claim(A, "k"));
        keys.Complete(A, "k", Answer);
        Assert.Equal(KeyClaim.Repeat, keys.Claim(A, "k", () => { }, out PublishAnswer again));
        Assert.Equal(Answer, again);
        Assert.Equal(KeyClaim.Publish, Claim(B, "k"));
    }

    [Fact]
    public void A_second_one_at_the_same_moment_waits_for_the_first()
    {
        Claim(A, "k");
        Assert.Equal(KeyClaim.Wait, Claim(A, "k"));
        Assert.Equal(0, called);
        keys.Complete(A, "k", Answer);
        Assert.Equal(1, called);
        Assert.Equal(KeyClaim.Repeat, Claim(A, "k"));
    }

    [Fact]
    public void When_the_first_came_to_nothing_one_of_those_who_wait_publishes()
    {
        Claim(A, "k");
        Claim(A, "k");
        Claim(A, "k");
        keys.Abandon(A, "k");
        Assert.Equal(2, called);
        Assert.Equal(KeyClaim.Publish, Claim(A, "k"));
        Assert.Equal(KeyClaim.Wait, Claim(A, "k"));
    }

    [Fact]
    public void After_five_minutes_a_key_is_new_again()
    {
        keys.Tick(1_000);
        Claim(A, "k");
        keys.Complete(A, "k", Answer);
        keys.Tick(300_999);
        Assert.Equal(KeyClaim.Repeat, Claim(A, "k"));
        keys.Tick(301_000);
        Assert.Equal(KeyClaim.Publish, Claim(A, "k"));
    }

    [Fact]
    public void Keys_beyond_the_bound_are_refused_not_forgotten()
    {
        foreach (string key in new[] { "1", "2", "3" }) Assert.Equal(KeyClaim.Publish, Claim(A, key));
        Assert.Equal(KeyClaim.Full, Claim(A, "4"));
        Assert.Equal(KeyClaim.Wait, Claim(A, "1"));
        Assert.Equal(3, keys.Count);
    }
}
