namespace RawHub.Tests;

public sealed class PositionTests
{
    [Fact]
    public void Without_a_lost_channel_it_is_recovered()
    {
        Position position = new("cursor", 2);
        Assert.True(position.Recovered);
        Assert.Equal(LossReason.None, position.Reason);
        Assert.Equal("cursor", position.From);
        Assert.Equal(2, position.Channels);
    }

    [Fact]
    public void The_first_lost_channel_gives_the_reason()
    {
        Position position = new("cursor", 2, new(HubFixture.Pattern("a"), LossReason.Evicted), new(HubFixture.Pattern("b"), LossReason.Unknown));
        Assert.False(position.Recovered);
        Assert.Equal(LossReason.Evicted, position.Reason);
        Assert.Equal(2, position.Lost.Length);
    }
}
