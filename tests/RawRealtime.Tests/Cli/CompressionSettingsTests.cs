using System.CommandLine;
using RawRealtime.Cli;
using RawWebSocket.Deflate;

namespace RawRealtime.Tests.Cli;

public sealed class CompressionSettingsTests
{
    static (DeflateOptions? Options, string? Error) Read(string line)
    {
        CompressionSettings settings = new();
        RootCommand root = new();
        foreach (Option option in settings.All) root.Add(option);
        ParseResult parsed = root.Parse(line);
        return parsed.Errors is [var first, ..] ? (null, first.Message) : (settings.Read(parsed), null);
    }

    [Fact]
    public void Without_settings_the_defaults_of_the_library_count() => Assert.Equal(DeflateOptions.Default, Read("").Options);

    [Fact]
    public void Every_setting_arrives() => Assert.Equal(
        new()
        {
            Level = DeflateLevel.Small,
            MinBytes = 1024,
            ServerMaxWindowBits = 9,
            ClientMaxWindowBits = 9,
            ServerContextTakeover = true,
            ClientContextTakeover = true,
        },
        Read("--ws-compression small --ws-compression-min 1KiB --ws-window-bits 9 --ws-context-takeover").Options);

    [Fact]
    public void Off_is_none() => Assert.Equal((null, null), Read("--ws-compression off"));

    [Theory]
    [InlineData("--ws-window-bits 7", "'7' is out of range for --ws-window-bits: 8 to 15.")]
    [InlineData("--ws-window-bits 16", "'16' is out of range for --ws-window-bits: 8 to 15.")]
    [InlineData("--ws-compression-min much", "'much' is not a size such as 16MiB.")]
    [InlineData("--ws-compression-min 2GiB", "'2GiB' is out of range for --ws-compression-min: less than 2GiB.")]
    public void Out_of_range_is_one_clear_line(string line, string expected) => Assert.Equal(expected, Read(line).Error);

    [Fact]
    public void A_level_that_there_is_not_is_told_with_those_that_there_are() => Assert.Contains("'fast'", Read("--ws-compression best").Error);
}
