using System.CommandLine;
using RawRealtime.Cli;
using RawRealtime.Client;

namespace RawRealtime.Tests.Cli;

public sealed class SubscribeSettingsTests
{
    static SubscribeOptions Read(params string[] line)
    {
        SubscribeSettings settings = new();
        Command command = new("subscribe");
        command.Add(settings.Channels);
        foreach (Option setting in settings.All) command.Add(setting);
        ParseResult parsed = command.Parse(line);
        return parsed.Errors is [var error, ..] ? throw new BadSettingException(error.Message) : settings.Read(parsed);
    }

    [Theory] // line, path of a subscription
    [InlineData("", "/events")]
    [InlineData("news", "/events?channel=news")]
    [InlineData("news.* sport --event a --event b --cursor earliest", "/events?channel=news.%2A&channel=sport&event=a&event=b&cursor=earliest")]
    [InlineData("--server http://h/behind/", "/behind/events")]
    public void What_is_set_is_asked_for(string line, string path)
    {
        SubscribeOptions options = Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(path, options.PathOf("/events", options.Cursor));
        Assert.Equal((SubscribeVia.Auto, null), (options.Via, options.Count));
    }

    [Theory]
    [InlineData("a", false)]
    [InlineData("a b", true)]
    [InlineData("a.*", true)]
    public void Several_channels_are_told_apart(string line, bool many) => Assert.Equal(many, Read(line.Split(' ')).HasManyChannels);

    [Theory]
    [InlineData("a/b", "'a/b' is no channel: 1 to 128 of the characters A-Z a-z 0-9 . _ : ~ -, or a pattern that ends with *, such as news.*")]
    [InlineData("a a", "the same channel is named twice.")]
    [InlineData("--event position", "'position' is no event name: 1 to 128 characters on one line, and none of position, open and error.")]
    [InlineData("--count 0", "'0' is out of range for --count: at least 1.")]
    public void What_makes_no_sense_is_told(string line, string expected) =>
        Assert.Equal(expected, Assert.Throws<BadSettingException>(() => Read(line.Split(' '))).Message);

    [Fact]
    public void A_transport_is_one_of_four() => Assert.Equal(SubscribeVia.Poll, Read("--transport", "poll").Via);
}
