using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class TesteeProgressTests
{
    static (string Output, string Errors) Run(bool isJson, bool isShown, ClientEnd end, int ran)
    {
        StringWriter output = new(), errors = new();
        TesteeProgress progress = new(output, errors, isJson, isShown);
        progress.Began(1, 4);
        progress.Began(3, 4);
        progress.Ended(end, ran, 4);
        return (output.ToString().Replace("\r\n", "\n", StringComparison.Ordinal), errors.ToString().Trim());
    }

    [Fact]
    public void A_terminal_shows_a_bar_that_grows()
    {
        (string output, string errors) = Run(isJson: false, isShown: true, new(ClientExit.Normal, "done", "All cases ran."), ran: 4);
        Assert.Equal("\r\e[Kcase 1 of 4 [..............................]\r\e[Kcase 3 of 4 [###############...............]\r\e[K4 of 4 cases ran. What the suite says of them is in its report.\n", output);
        Assert.Equal("", errors);
    }

    [Fact]
    public void Elsewhere_there_is_one_line_and_what_went_wrong() => Assert.Equal(
        ("2 of 4 cases ran. What the suite says of them is in its report.\n", "rawrealtime: Too slow."),
        Run(isJson: false, isShown: false, new(ClientExit.Failed, "unfinished", "Too slow."), ran: 2));

    [Fact]
    public void Machines_get_JSON_lines() => Assert.Equal(
        ("{\"type\":\"done\",\"ran\":2,\"of\":4,\"ending\":\"unfinished\",\"detail\":\"Too slow.\",\"exit\":1}\n", ""),
        Run(isJson: true, isShown: true, new(ClientExit.Failed, "unfinished", "Too slow."), ran: 2));
}
