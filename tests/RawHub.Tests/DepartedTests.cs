namespace RawHub.Tests;

public class DepartedTests
{
    readonly Departed departed = new();

    [Fact]
    public void A_pattern_learns_the_highest_loss_among_its_own()
    {
        departed.Add(ChannelName.Parse("n.a"), 5);
        departed.Add(ChannelName.Parse("n.b"), 3);
        departed.Add(ChannelName.Parse("m.a"), 9);
        departed.Add(ChannelName.Parse("n.c"), 0);
        Assert.Equal(5, departed.LastLostBy(HubFixture.Pattern("n.*")));
        Assert.Equal(9, departed.LastLostBy(HubFixture.Pattern("*")));
        Assert.Equal(0, departed.LastLostBy(HubFixture.Pattern("x.*")));
        Assert.Equal(9, departed.LastLost);
        Assert.Equal(3, departed.Count);
    }

    [Fact]
    public void Of_too_many_the_names_are_forgotten_but_not_the_loss()
    {
        departed.Add(ChannelName.Parse("n.a"), 7);
        for (int i = 0; i < Departed.MaxNames; i++) departed.Add(ChannelName.Parse("m.a"), 1);
        Assert.Equal(7, departed.LastLostBy(HubFixture.Pattern("x.*")));
        Assert.Equal(Departed.MaxNames, departed.Count);
    }

    [Fact]
    public void After_a_restart_a_loss_may_have_been_anybodys()
    {
        departed.Begin(4);
        Assert.Equal(4, departed.LastLostBy(HubFixture.Pattern("x.*")));
    }
}
