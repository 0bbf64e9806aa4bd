using System.CommandLine;
using RawRealtime.Bench;
using RawRealtime.Cli;

namespace RawRealtime.Tests.Cli;

public sealed class BenchSettingsTests
{
    static BenchOptions Read(string line)
    {
        BenchSettings settings = new();
        ParseResult parsed = settings.Root.Parse(line.Split(' '));
        return parsed.Errors is [var error, ..] ? throw new BadSettingException(error.Message) : settings.Read(parsed);
    }

    [Theory]
    [InlineData("http", "http://127.0.0.1:5000/healthz")]
    [InlineData("http http://h/x", "http://h/x")]
    [InlineData("ws", "ws://127.0.0.1:5000/echo")]
    [InlineData("ws http://h/x", "ws://h/x")]
    [InlineData("fanout", "ws://127.0.0.1:5000/ws?channel=bench")]
    [InlineData("fanout http://h:1 --transport sse", "http://h:1/events?channel=bench")]
    [InlineData("fanout http://h:1/ --transport poll", "http://h:1/poll?channel=bench&wait=60")]
    [InlineData("fanout --subscribe-url ws://h/s --publish-url http://h/p", "ws://h/s")]
    [InlineData("idle http://h:1 --transport http", "http://h:1/healthz")]
    [InlineData("connect", "http://127.0.0.1:5000/healthz")]
    [InlineData("connect --what ws", "ws://127.0.0.1:5000/echo")]
    public void Without_an_address_the_routes_are_our_own(string line, string expected) => Assert.Equal(expected, Read(line).Url.ToString());

    [Fact]
    public void Everything_can_be_set()
    {
        BenchOptions options = Read("fanout --transport sse --subscribers 7 --subscribe-url http://127.0.0.1/s --publish-url ws://h/p --window 9 --size 1KiB --rate 2.5 --duration 1m --warmup 500ms --header A:b --sources 3 --pid 4 --pid 5 --json --html x.html");
        Assert.Equal((BenchKind.FanOut, BenchTransport.Sse, 7, 9, 1024, 2.5), (options.Kind, options.Transport, options.Connections, options.Depth, options.Size, options.Rate));
        Assert.Equal((60, 500, "ws://h/p", true), (options.Duration.TotalSeconds, options.Warmup.TotalMilliseconds, options.PublishUrl!.ToString(), options.IsJson));
        Assert.Equal([4, 5], options.Pids);
        Assert.Equal(["127.0.0.1", "127.0.0.2", "127.0.0.3"], options.Sources.Select(one => one.ToString()));
        Assert.Equal(KeyValuePair.Create("A", "b"), Assert.Single(options.Fields));
        Assert.EndsWith("x.html", options.HtmlFile, StringComparison.Ordinal);
    }

    [Fact]
    public void More_connections_than_one_address_has_ports_come_from_several() => Assert.Equal(3, Read("idle --connections 50000").Sources.Count);

    [Theory]
    [InlineData("http --connections 0", "'0' is out of range for --connections: 1 to 1000000.")]
    [InlineData("http --rate 0", "'0' is out of range for --rate: more than 0, at most 10000000.")]
    [InlineData("http --rate fast", "'fast' is out of range for --rate: more than 0, at most 10000000.")]
    [InlineData("http https://h/", "'https://h/' is no address such as http://127.0.0.1:5000/path. TLS is not spoken here: measure without it.")]
    [InlineData("ws nowhere", "'nowhere' is no address such as ws://127.0.0.1:5000/path.")]
    [InlineData("ws --size 13", "--size is from 14 bytes, which the number takes, to 64MiB.")]
    [InlineData("http --header nonsense", "--header: 'nonsense' is no field such as 'Name: value'.")]
    [InlineData("fanout --subscribe-url ws://h/s", "--subscribe-url names another server's routes: --publish-url is needed too.")]
    [InlineData("http http://192.0.2.1/ --sources 2", "--sources is for servers at 127.x.x.x.")]
    [InlineData("http --duration soon", "'soon' is not a time such as 500ms or 10s.")]
    public void What_makes_no_sense_is_told(string line, string expected) => Assert.Equal(expected, Assert.Throws<BadSettingException>(() => Read(line)).Message);
}
