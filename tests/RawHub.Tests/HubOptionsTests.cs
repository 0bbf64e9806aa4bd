namespace RawHub.Tests;

public class HubOptionsTests
{
    static readonly HubOptions Options = new()
    {
        OnFailed = (_, _) => { },
        SlowChannels = [new(HubFixture.Pattern("a.*"), new(SlowKind.LatestOnly)), new(HubFixture.Pattern("a.b"), new(SlowKind.DropOldest))],
    };

    [Theory]
    [InlineData("a.b", SlowKind.LatestOnly)]
    [InlineData("a.b.*", SlowKind.LatestOnly)]
    [InlineData("a*", SlowKind.Disconnect)]
    [InlineData("b", SlowKind.Disconnect)]
    public void The_first_policy_that_means_all_of_it_counts(string name, SlowKind kind) =>
        Assert.Equal(kind, Options.SlowPolicyOf(HubFixture.Pattern(name)).Kind);

    [Fact]
    public void Negative_bounds_are_the_callers_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new HubOptions { OnFailed = (_, _) => { }, HistoryTotalBytes = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HubOptions { OnFailed = (_, _) => { }, HistoryMessages = -1 });
    }
}
