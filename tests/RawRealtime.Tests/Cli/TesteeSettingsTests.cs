using System.CommandLine;
using RawRealtime.Cli;
using RawRealtime.Client;

namespace RawRealtime.Tests.Cli;

public sealed class TesteeSettingsTests
{
    static (TesteeSettings Settings, ParseResult Parsed) Parse(string line)
    {
        TesteeSettings settings = new();
        Command command = new("testee");
        foreach (Option setting in settings.All) command.Add(setting);
        return (settings, command.Parse(line));
    }

    [Fact]
    public void Connect_makes_it_a_client_of_all_cases()
    {
        (TesteeSettings settings, ParseResult parsed) = Parse("--connect ws://127.0.0.1:9001");
        Assert.True(settings.IsClient(parsed));
        Assert.False(settings.IsJson(parsed));
        Assert.Equal(new TesteeClientOptions(new("ws://127.0.0.1:9001"), "RawRealtime", CaseRange.All), settings.Read(parsed));
    }

    [Fact]
    public void Its_name_and_cases_can_be_set()
    {
        (TesteeSettings settings, ParseResult parsed) = Parse("--connect ws://h --agent Other --case 7-9 --json");
        Assert.True(settings.IsJson(parsed));
        Assert.Equal(new TesteeClientOptions(new("ws://h"), "Other", new(7, 9)), settings.Read(parsed));
    }

    [Theory]
    [InlineData("--agent x", "--agent")]
    [InlineData("--case 5", "--case")]
    [InlineData("--json", "--json")]
    public void As_a_server_it_refuses_what_is_for_the_client(string line, string setting)
    {
        (TesteeSettings settings, ParseResult parsed) = Parse(line);
        Assert.False(settings.IsClient(parsed));
        Assert.Equal($"{setting} is for the client under test: it needs --connect.", Assert.Throws<BadSettingException>(() => settings.CheckServer(parsed)).Message);
    }

    [Fact]
    public void A_server_without_them_is_fine()
    {
        (TesteeSettings settings, ParseResult parsed) = Parse("");
        settings.CheckServer(parsed);
    }
}
