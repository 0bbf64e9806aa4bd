using System.Text;
using RawRealtime.Cli;
using RawRealtime.Client;
using RawRealtime.Tests.Client;
using RawRealtime.Tests.EndToEnd;

namespace RawRealtime.Tests.Cli;

public sealed class CompareCommandTests
{
    static async Task<(int Code, string Output, string Errors)> RunAsync(Uri server, string? file)
    {
        using Interruption none = new();
        ClientConsole console = ClientRig.ConsoleOf(Stream.Null, out MemoryStream output, out StringWriter errors);
        int code = await CompareCommand.RunAsync(new(server) { Subscribers = 2, Rates = [50], Sizes = [50], Duration = TimeSpan.FromMilliseconds(200), Rounds = 1, Reconnects = 1, HtmlFile = file }, console, none, TimeProvider.System);
        return (code, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    [Fact]
    public async Task A_comparison_is_told_and_its_page_written()
    {
        await using LiveServer server = new();
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "x.html");
        (int code, string output, string errors) = await RunAsync(server.Http.BaseAddress!, file);
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("Verified: every delivery came once and in order.", output, StringComparison.Ordinal);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told()
    {
        (int code, _, string errors) = await RunAsync(new("http://127.0.0.1:1"), file: null);
        Assert.Equal(1, code);
        Assert.StartsWith("rawrealtime: the server can't be asked: ", errors, StringComparison.Ordinal);
    }
}
