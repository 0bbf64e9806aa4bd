using System.CommandLine;
using RawHub;
using RawRealtime.Cli;

namespace RawRealtime.Tests.Cli;

public sealed class SlowSettingsTests
{
    static (SlowPolicy Policy, IReadOnlyList<ChannelSlowPolicy> Channels, string? Error) Read(string line)
    {
        SlowSettings settings = new();
        RootCommand root = new();
        foreach (Option option in settings.All) root.Add(option);
        ParseResult parsed = root.Parse(line);
        return parsed.Errors is [var first, ..] ? (default, [], first.Message) : (settings.Read(parsed), settings.ReadChannels(parsed), null);
    }

    static ChannelPattern Pattern(string text) => ChannelPattern.TryParse(text, out ChannelPattern read) ? read : throw new ArgumentException(text);

    [Fact]
    public void Without_settings_who_is_too_slow_is_ended_when_messages_are_no_longer_kept()
    {
        Assert.Equal(new SlowPolicy(SlowKind.Disconnect, long.MaxValue, long.MaxValue), Read("").Policy);
        Assert.Empty(Read("").Channels);
    }

    public static TheoryData<string, SlowPolicy> Settings => new()
    {
        // typed                                            arrives as
        { "--slow disconnect",                              new(SlowKind.Disconnect) },
        { "--slow drop-oldest",                             new(SlowKind.DropOldest) },
        { "--slow latest-only",                             new(SlowKind.LatestOnly) },
        { "--slow-messages 5",                              new(SlowKind.Disconnect, 5) },
        { "--slow-bytes 2KiB",                              new(SlowKind.Disconnect, long.MaxValue, 2048) },
        { "--slow-messages 0 --slow-bytes 0",               new(SlowKind.Disconnect) },
        { "--slow drop-oldest --slow-messages 1 --slow-bytes 3", new(SlowKind.DropOldest, 1, 3) },
    };

    [Theory, MemberData(nameof(Settings))]
    public void Each_setting_arrives(string line, SlowPolicy expected) => Assert.Equal(expected, Read(line).Policy);

    [Fact]
    public void Channels_have_policies_of_their_own_in_the_order_given_and_the_same_bounds()
    {
        (_, IReadOnlyList<ChannelSlowPolicy> channels, _) = Read("--slow-messages 7 --slow-channel prices.*=latest-only --slow-channel a=b=disconnect --slow-channel audit=disconnect");
        Assert.Empty(channels); // a=b is no policy, so nothing is read at all
        channels = Read("--slow-messages 7 --slow-channel prices.*=latest-only --slow-channel audit=disconnect").Channels;
        Assert.Equal(
            [new(Pattern("prices.*"), new(SlowKind.LatestOnly, 7)), new(Pattern("audit"), new(SlowKind.Disconnect, 7))],
            channels);
    }

    [Theory]
    [InlineData("--slow-messages -1", "'-1' is out of range for --slow-messages: 0 or more.")]
    [InlineData("--slow-bytes many", "'many' is not a size such as 1MiB.")]
    [InlineData("--slow-bytes -1", "'-1' is not a size such as 1MiB.")]
    [InlineData("--slow-channel a", "'a' is no channel and policy such as 'prices.*=latest-only'.")]
    [InlineData("--slow-channel =disconnect", "'=disconnect' is no channel and policy such as 'prices.*=latest-only'.")]
    [InlineData("--slow-channel a=", "'a=' is no channel and policy such as 'prices.*=latest-only'.")]
    [InlineData("--slow-channel a=Disconnect", "'a=Disconnect' is no channel and policy such as 'prices.*=latest-only'.")]
    [InlineData("--slow-channel *a=disconnect", "'*a=disconnect' is no channel and policy such as 'prices.*=latest-only'.")]
    public void What_is_wrong_is_one_clear_line(string line, string expected) => Assert.Equal(expected, Read(line).Error);

    [Fact]
    public void A_policy_that_there_is_not_is_told_with_those_that_there_are() => Assert.Contains("'latest-only'", Read("--slow forgive").Error);
}
