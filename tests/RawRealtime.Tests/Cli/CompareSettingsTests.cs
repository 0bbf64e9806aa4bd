using System.CommandLine;
using RawRealtime.Bench;
using RawRealtime.Cli;

namespace RawRealtime.Tests.Cli;

public sealed class CompareSettingsTests
{
    static CompareOptions Read(string line)
    {
        CompareSettings settings = new();
        ParseResult parsed = settings.Root.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return parsed.Errors is [var error, ..] ? throw new BadSettingException(error.Message) : settings.Read(parsed);
    }

    [Fact]
    public void Everything_can_be_set()
    {
        CompareOptions options = Read("http://127.0.0.1:1 --subscribers 5 --rates 1,2.5 --sizes 20,1KiB --duration 1s --rounds 7 --idle 50 --pid 7 --json --html x.html");
        Assert.Equal(("http://127.0.0.1:1/", 5, 1.0, 50, true), (options.Server!.ToString(), options.Subscribers, options.Duration.TotalSeconds, options.Idle, options.IsJson));
        Assert.Equal([1, 2.5], options.Rates);
        Assert.Equal([20, 1024], options.Sizes);
        Assert.Equal([7], options.Pids);
        Assert.Equal(7, options.Rounds);
    }

    [Fact]
    public void Without_a_server_one_is_started() => Assert.Null(Read("").Server);

    [Theory]
    [InlineData("--rates 0", "--rates: '0' is no number from 0.1 to 100000.")]
    [InlineData("--rates 1,", "--rates: '' is no number from 0.1 to 100000.")]
    [InlineData("--sizes 5", "--sizes: '5' is no size from 14 to 1MiB.")]
    [InlineData("--sizes 2MiB", "--sizes: '2MiB' is no size from 14 to 1MiB.")]
    [InlineData("--subscribers 0", "'0' is out of range for --subscribers: 1 to 100000.")]
    [InlineData("--pid 7", "--pid is of a server that is named; the one that is started is known.")]
    [InlineData("https://h", "compare: TLS is not spoken here: measure without it.")]
    public void What_makes_no_sense_is_told(string line, string expected) => Assert.Equal(expected, Assert.Throws<BadSettingException>(() => Read(line)).Message);
}
