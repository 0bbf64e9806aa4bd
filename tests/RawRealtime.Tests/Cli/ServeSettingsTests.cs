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
        Assert.Equal((null, null, false), (options.CertificateFile, options.KeyFile, options.Verbose));
    }

    [Fact]
    public void Every_setting_arrives()
    {
        ServerOptions options = Read("--host 0.0.0.0 --port 0 --tls-cert c.pem --tls-key k.pem --allow-host a --allow-host b --allow-origin https://a.example --allow-origin * "
            + "--history-messages 5 --history-bytes 2KiB --history-age 90s --drain-seconds 3 --verbose");
        Assert.Equal((IPAddress.Any, 0), (options.Address, options.Port));
        Assert.Equal((Path.GetFullPath("c.pem"), Path.GetFullPath("k.pem")), (options.CertificateFile, options.KeyFile));
        Assert.Equal(["a", "b"], options.AllowedHosts);
        Assert.Equal(["https://a.example", "*"], options.AllowedOrigins);
        Assert.Equal((5, 2048L, TimeSpan.FromSeconds(90)), (options.HistoryMessages, options.HistoryBytes, options.HistoryAge));
        Assert.Equal((TimeSpan.FromSeconds(3), true), (options.DrainTime, options.Verbose));
    }

    [Theory]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("LOCALHOST", "127.0.0.1")]
    [InlineData("*", "::")]
    [InlineData("::1", "::1")]
    [InlineData("192.0.2.1", "192.0.2.1")]
    public void A_host_is_an_address_or_one_of_two_words(string given, string expected) => Assert.Equal(IPAddress.Parse(expected), Read($"--host {given}").Address);

    [Theory]
    [InlineData("--port -1")]
    [InlineData("--port 65536")]
    [InlineData("--history-messages -1")]
    [InlineData("--drain-seconds 3601")]
    [InlineData("--host nowhere.example")]
    [InlineData("--history-bytes lots")]
    [InlineData("--history-age 0x")]
    [InlineData("--allow-origin example.org")]
    [InlineData("--allow-origin https://example.org/page")]
    public void What_makes_no_sense_is_refused(string line) => Assert.NotNull(ErrorOf(line));

    [Fact]
    public void A_key_without_a_certificate_makes_no_sense() => Assert.Throws<BadSettingException>(() => Read("--tls-key k.pem"));
}
