using System.CommandLine;
using RawRealtime.Cli;
using RawRealtime.Client;

namespace RawRealtime.Tests.Cli;

public sealed class PublishSettingsTests
{
    static PublishOptions Read(params string[] line)
    {
        PublishSettings settings = new();
        Command command = new("publish");
        command.Add(settings.Data);
        foreach (Option setting in settings.All) command.Add(setting);
        ParseResult parsed = command.Parse(line);
        return parsed.Errors is [var error, ..] ? throw new BadSettingException(error.Message) : settings.Read(parsed);
    }

    [Fact]
    public void Everything_can_be_set()
    {
        PublishOptions options = Read("a", "b c", "--channel", "news", "--event", "e", "--ttl", "60", "--key", "k", "--binary", "--json");
        Assert.Equal(["a", "b c"], options.Data);
        Assert.Equal("/publish?channel=news&event=e&ttl=60", options.Path);
        Assert.Equal(("k-2", true, true, false, null), (options.KeyOf(2), options.IsBinary, options.IsJson, options.AreLines, options.File));
    }

    [Theory]
    [InlineData("--channel a/b", "'a/b' is no channel: 1 to 128 of the characters A-Z a-z 0-9 . _ : ~ -")]
    [InlineData("--event open", "'open' is no event name: 1 to 128 characters on one line, and none of position, open and error.")]
    [InlineData("--ttl 0", "'0' is no ttl: whole seconds from 1 to 31536000.")]
    [InlineData("--ttl 1m", "'1m' is no ttl: whole seconds from 1 to 31536000.")]
    [InlineData("--key ü", "'ü' is no idempotency key: 1 to 128 visible ASCII characters.")]
    [InlineData("x --lines", "what to publish is on the command line or in --lines, not both.")]
    [InlineData("x --file y", "what to publish is on the command line or in --file, not both.")]
    [InlineData("--server h", "--server: 'h' is no address such as http://127.0.0.1:5000 or https://example.org. Did you mean 'http://h'?")]
    public void What_makes_no_sense_is_told(string line, string expected) =>
        Assert.Equal(expected, Assert.Throws<BadSettingException>(() => Read(line.Split(' '))).Message);
}
