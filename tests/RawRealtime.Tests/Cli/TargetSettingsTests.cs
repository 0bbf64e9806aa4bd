using System.CommandLine;
using RawRealtime.Cli;
using RawRealtime.Client;

namespace RawRealtime.Tests.Cli;

public sealed class TargetSettingsTests : IDisposable
{
    readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    static ServerTarget Read(params string[] line)
    {
        TargetSettings settings = new();
        Command command = new("x");
        foreach (Option setting in settings.All) command.Add(setting);
        return settings.Read(command.Parse(line));
    }

    [Fact]
    public void Defaults_are_those_of_the_help()
    {
        ServerTarget target = Read();
        Assert.Equal((new Uri("http://127.0.0.1:5000"), null, null), (target.Address, target.Token, target.Tls));
    }

    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("abc\r\n", "abc")]
    [InlineData("", null)]
    [InlineData("a b", null)]
    [InlineData("a\nb", null)]
    [InlineData("ü", null)]
    public void A_token_is_one_line_of_visible_ASCII(string content, string? expected)
    {
        File.WriteAllText(file, content);
        if (expected is not null) Assert.Equal(expected, Read("--token-file", file).Token);
        else Assert.EndsWith("a token is visible ASCII characters on one line.", Assert.Throws<BadSettingException>(() => Read("--token-file", file)).Message);
    }

    [Fact]
    public void There_is_one_token_and_its_file_is_there()
    {
        Assert.Equal("t", Read("--token", "t").Token);
        Assert.Equal("--token and --token-file: there is one token. Leave one away.", Assert.Throws<BadSettingException>(() => Read("--token", "t", "--token-file", file)).Message);
        Assert.StartsWith($"--token-file: {file}x: ", Assert.Throws<BadSettingException>(() => Read("--token-file", file + "x")).Message);
    }
}
