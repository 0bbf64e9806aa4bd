using System.Text;
using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class TextSubscriptionTests
{
    static readonly ClientEnd Lost = new(ClientExit.Lost, "broken", "It broke.");

    static (string Output, string Errors) Told(bool isShown, string[] channels, Action<TextSubscription> what)
    {
        ClientConsole console = ClientRig.ConsoleOf(Stream.Null, out MemoryStream output, out StringWriter errors) with { IsShown = isShown };
        what(new(console, new(new(new Uri("http://h"))) { Channels = channels }));
        return (Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    [Theory] // shown on a terminal, channel, event, data, whether bytes, expected
    [InlineData(false, "a", null, "hi", false, "hi\n")]
    [InlineData(false, "a", "e", "AAEC", true, "AAEC\n")]
    [InlineData(true, "a", null, "hi", false, "< hi\n")]
    [InlineData(true, "a", "e", "\e[m", false, "< e ␛[m\n")]
    [InlineData(true, "*", "e", "hi", false, "< a e hi\n")]
    [InlineData(true, "a", null, "AAEC", true, "< 3 bytes\n00000000  00 01 02                                          |...|\n")]
    public void A_message_is_its_data_for_the_next_program_and_more_for_people(bool isShown, string channel, string? name, string data, bool isBytes, string expected) =>
        Assert.Equal((expected, ""), Told(isShown, [channel], text => text.MessageAsync(new("c", "a", "e-1", name, data, isBytes, "t")).AsTask().GetAwaiter().GetResult()));

    [Fact]
    public void What_is_missing_is_told_always() => Assert.Equal(
        ("", "rawrealtime: messages are missing before this of a (evicted), b (unknown). Going on with what is kept.\n"),
        Told(false, [], text => text.Began("WebSocket", new("e-1", false, "evicted", [new("a", "evicted"), new("b", "unknown")]))));

    [Fact]
    public void Trouble_is_told_always()
    {
        Assert.Equal("It broke. Coming back in 1.5 s.\n", Told(false, [], text => text.Broke(Lost, TimeSpan.FromSeconds(1.5))).Errors);
        Assert.Equal("rawrealtime: no WebSocket: It broke. Trying event stream.\n", Told(false, [], text => text.FellBack("WebSocket", "event stream", Lost)).Errors);
        Assert.Equal("rawrealtime: a: gone\n", Told(false, [], text => text.Failed(new("channel-deleted", "gone", "a"))).Errors);
    }

    [Theory]
    [InlineData(ClientExit.Normal, false, "c", "")]
    [InlineData(ClientExit.Normal, true, "c", "To go on here: --cursor c\n")]
    [InlineData(ClientExit.Interrupted, false, "c", "To go on here: --cursor c\n")]
    [InlineData(ClientExit.Interrupted, false, null, "")]
    [InlineData(ClientExit.Refused, false, "c", "rawrealtime: why\nTo go on here: --cursor c\n")]
    public void Who_is_interrupted_gets_the_cursor(int exit, bool isShown, string? cursor, string expected) =>
        Assert.Equal(expected, Told(isShown, [], text => text.Ended(new(exit, "x", "why"), cursor)).Errors);
}
