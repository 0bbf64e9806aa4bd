using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class ClientConsoleTests
{
    [Theory]
    [InlineData(null, null, true)]
    [InlineData("", "xterm", true)]
    [InlineData("1", "xterm", false)]
    [InlineData(null, "dumb", false)]
    public void Colours_follow_the_conventions_of_the_environment(string? noColour, string? terminal, bool expected) =>
        Assert.Equal(expected, ClientConsole.TakesColours(noColour, terminal));

    [Fact]
    public void Where_output_is_redirected_there_are_no_colours()
    {
        var console = ClientConsole.OfProcess(TextWriter.Null);
        Assert.True(console.IsShown || !console.HasColours);
        Assert.True(console.Input.CanRead && console.Output.CanWrite);
    }
}
