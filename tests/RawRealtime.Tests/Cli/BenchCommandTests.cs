using System.Text;
using RawRealtime.Bench;
using RawRealtime.Cli;
using RawRealtime.Client;
using RawRealtime.Tests.Bench;
using RawRealtime.Tests.Client;
using RawRealtime.Tests.EndToEnd;

namespace RawRealtime.Tests.Cli;

public sealed class BenchCommandTests
{
    static async Task<(int Code, string Output, string Errors)> RunAsync(BenchOptions options)
    {
        using Interruption none = new();
        ClientConsole console = ClientRig.ConsoleOf(Stream.Null, out MemoryStream output, out StringWriter errors);
        int code = await BenchCommand.RunAsync(options, console, none, TimeProvider.System);
        return (code, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    [Theory]
    [InlineData("/healthz", false, 0, "Verified: every request was right.")]
    [InlineData("/healthz", true, 0, "\"faults\":{}")]
    [InlineData("/nowhere", false, 1, "WRONG: ")]
    public async Task What_was_wrong_is_the_exit_code(string path, bool isJson, int code, string expected)
    {
        await using LiveServer server = new();
        BenchOptions options = BenchRig.Short(BenchKind.Http, new(server.Http.BaseAddress!, path)) with { IsJson = isJson };
        (int ended, string output, string errors) = await RunAsync(options);
        Assert.Equal((code, ""), (ended, errors));
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_written()
    {
        await using LiveServer server = new();
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "x.html");
        await RunAsync(BenchRig.Short(BenchKind.Http, new(server.Http.BaseAddress!, "/healthz")) with { HtmlFile = file });
        Assert.Contains("<svg", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_is_not_there_is_told()
    {
        (int code, _, string errors) = await RunAsync(BenchRig.Short(BenchKind.Http, new("http://127.0.0.1:1/")) with { Pids = [int.MaxValue] });
        Assert.Equal((1, "rawrealtime: there is no process 2147483647 in /proc.\n"), (code, errors.ReplaceLineEndings("\n")));
    }
}
