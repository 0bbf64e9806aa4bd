using System.Text;
using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class TextEventsTests
{
    static readonly ConnectOptions Plain = new() { Server = new("ws://h/") };

    static async Task<(string Output, string Errors)> ShowAsync(ConnectOptions options, bool isText, byte[] message, bool isShown, bool hasColours = false)
    {
        MemoryStream output = new();
        StringWriter errors = new();
        TextEvents events = new(new(Stream.Null, output, errors) { IsShown = isShown, HasColours = hasColours }, options);
        await events.MessageAsync(new(isText, message));
        return (Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    [Theory]
    [InlineData(false, false, "a\e[m\n")]                     // to a pipe: as it came
    [InlineData(true, false, "< a␛[m\n")]
    [InlineData(true, true, "\e[36m<\e[0m a␛[m\n")]
    public async Task Text_is_a_line_and_on_a_terminal_shows_its_controls(bool isShown, bool hasColours, string expected) =>
        Assert.Equal((expected, ""), await ShowAsync(Plain, isText: true, "a\e[m"u8.ToArray(), isShown, hasColours));

    [Fact]
    public async Task Bytes_are_dumped_unless_the_next_program_wants_them_as_they_are()
    {
        const string Dump = "00000000  61 62                                             |ab|\n";
        Assert.Equal(Dump, (await ShowAsync(Plain, isText: false, "ab"u8.ToArray(), isShown: false)).Output);
        Assert.Equal("< 2 bytes\n" + Dump, (await ShowAsync(Plain, isText: false, "ab"u8.ToArray(), isShown: true)).Output);
        Assert.Equal("< 2 bytes\n" + Dump, (await ShowAsync(Plain with { IsBinary = true }, isText: false, "ab"u8.ToArray(), isShown: true)).Output);
        Assert.Equal("ab", (await ShowAsync(Plain with { IsBinary = true }, isText: false, "ab"u8.ToArray(), isShown: false)).Output);
        Assert.Equal("ab", (await ShowAsync(Plain with { IsBinary = true }, isText: true, "ab"u8.ToArray(), isShown: false)).Output);
    }

    [Fact]
    public async Task A_long_dump_is_cut_on_a_terminal_only()
    {
        string shown = (await ShowAsync(Plain, isText: false, new byte[5000], isShown: true)).Output, whole = (await ShowAsync(Plain, isText: false, new byte[3 << 20], isShown: false)).Output;
        Assert.EndsWith("|\n… and 3976 bytes more\n", shown, StringComparison.Ordinal);
        Assert.Equal((3 << 20) / 16, whole.AsSpan().Count('\n'));
        Assert.Contains("\n002ffff0  00", whole, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ClientExit.Normal, true, false, "It is over.")]
    [InlineData(ClientExit.Normal, false, false, "")]
    [InlineData(ClientExit.Interrupted, true, true, "\e[2mIt is over.\e[0m")]
    [InlineData(ClientExit.Lost, false, false, "rawrealtime: It is over.")]
    [InlineData(ClientExit.Lost, true, true, "\e[31mrawrealtime: It is over.\e[0m")]
    public void An_ordinary_end_is_told_to_people_a_failure_to_everybody(int exitCode, bool isShown, bool hasColours, string expected)
    {
        StringWriter errors = new();
        new TextEvents(new(Stream.Null, Stream.Null, errors) { IsShown = isShown, HasColours = hasColours }, Plain).Ended(new(exitCode, "over", "It is over."), null);
        Assert.Equal(expected, errors.ToString().Trim());
    }
}
