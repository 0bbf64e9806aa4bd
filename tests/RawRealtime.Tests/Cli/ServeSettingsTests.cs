using System.CommandLine;
using System.Net;
using RawRealtime.Cli;
using RawRealtime.Server;

namespace RawRealtime.Tests.Cli;

public sealed class ServeSettingsTests
{
    static ServerOptions Read(string line)
    {
        ServeSettings settings = new();
        RootCommand root = new();
        foreach (Option option in settings.All) root.Add(option);
        ParseResult parsed = root.Parse(line);
        Assert.Empty(parsed.Errors);
        return settings.Read(parsed);
    }

    static string? ErrorOf(string line)
    {
        ServeSettings settings = new();
        RootCommand root = new();
        foreach (Option option in settings.All) root.Add(option);
        return root.Parse(line).Errors is [var first, ..] ? first.Message : null;
    }

    [Fact]
    public void Without_settings_the_defaults_are_those_of_the_contract()
    {
        ServerOptions options = Read("");
        Assert.Equal((IPAddress.Loopback, 5000), (options.Address, options.Port));
        Assert.Equal((1000, 16L << 20, TimeSpan.FromHours(1)), (options.HistoryMessages, options.HistoryBytes, options.HistoryAge));
        Assert.Equal(TimeSpan.FromSeconds(10), options.DrainTime);
        Assert.Empty(options.AllowedHosts);
        Assert.Empty(options.AllowedOrigins);
        Assert.Equal((null, false), (options.RootFolder, options.Verbose));
    }

    [Fact]
    public void Every_setting_arrives()
    {
        ServerOptions options = Read("--host 0.0.0.0 --port 0 --tls-cert c.pem --tls-key k.pem --allow-host a --allow-host b --allow-origin https://a.example --allow-origin * "
            + "--history-messages 5 --history-bytes 2KiB --history-age 90s --drain-seconds 3 --root . --verbose");
        Assert.Equal((IPAddress.Any, 0), (options.Address, options.Port));
        Assert.Equal([new PemFile(Path.GetFullPath("c.pem"), Path.GetFullPath("k.pem"))], options.Tls.Pem);
        Assert.Equal(["a", "b"], options.AllowedHosts);
        Assert.Equal(["https://a.example", "*"], options.AllowedOrigins);
        Assert.Equal((5, 2048L, TimeSpan.FromSeconds(90)), (options.HistoryMessages, options.HistoryBytes, options.HistoryAge));
        Assert.Equal((TimeSpan.FromSeconds(3), Path.GetFullPath("."), true), (options.DrainTime, options.RootFolder, options.Verbose));
    }

    [Theory]
    [InlineData("--history-messages -1")]
    [InlineData("--drain-seconds 3601")]
    [InlineData("--root no-such-folder")]
    [InlineData("--history-bytes lots")]
    [InlineData("--history-age 0x")]
    [InlineData("--allow-origin example.org")]
    [InlineData("--allow-origin https://example.org/page")]
    public void What_makes_no_sense_is_refused(string line) => Assert.NotNull(ErrorOf(line));
}
