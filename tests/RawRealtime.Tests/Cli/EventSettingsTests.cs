using System.CommandLine;
using RawRealtime.Cli;
using RawRealtime.Server;

namespace RawRealtime.Tests.Cli;

public sealed class EventSettingsTests
{
    static (EventStreamOptions? Options, string? Error) Read(string line)
    {
        EventSettings settings = new();
        RootCommand root = new();
        foreach (Option option in settings.All) root.Add(option);
        ParseResult parsed = root.Parse(line);
        return parsed.Errors is [var first, ..] ? (null, first.Message) : (settings.Read(parsed), null);
    }

    [Fact]
    public void Without_settings_streams_are_compressed_and_do_not_end() => Assert.Equal(new() { Compresses = true, MaxAge = null }, Read("").Options);

    [Fact]
    public void Every_setting_arrives() =>
        Assert.Equal(new() { Compresses = false, MaxAge = TimeSpan.FromMinutes(30) }, Read("--sse-compression off --max-stream-age 30m").Options);

    [Fact]
    public void An_age_of_minus_one_is_without_an_end() => Assert.Null(Read("--max-stream-age -1").Options!.MaxAge);

    [Theory]
    [InlineData("--max-stream-age 9s", "'9s' is out of range for --max-stream-age: 10s to 7d, or -1.")]
    [InlineData("--max-stream-age 0", "'0' is out of range for --max-stream-age: 10s to 7d, or -1.")]
    [InlineData("--max-stream-age 8d", "'8d' is not a time such as 90s or 1h, 7d at most, or -1.")]
    [InlineData("--max-stream-age never", "'never' is not a time such as 90s or 1h, 7d at most, or -1.")]
    public void Out_of_range_is_one_clear_line(string line, string expected) => Assert.Equal(expected, Read(line).Error);

    [Fact]
    public void A_value_that_there_is_not_is_told_with_those_that_there_are() => Assert.Contains("'off'", Read("--sse-compression gzip").Error);
}
