using System.Text;
using RawRealtime.Bench;
using RawRealtime.Client;

namespace RawRealtime.Cli;

/// <summary><c>rawrealtime compare</c>: the three transports with the same messages, and what follows from it.</summary>
internal static class CompareCommand
{
    /// <summary>What stands behind the settings in the help.</summary>
    public const string Notes = """
        What came of it on one machine, and what the columns mean: docs/which-transport.md.

        Exit codes:
          0  everything was measured, and every message came once and in order
          1  a message was lost, repeated or changed; or the server can't be reached, started or read
          2  a setting is of no use
          130, 143  interrupted by SIGINT (Ctrl+C), SIGTERM
        """;

    /// <summary>Compares.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(CompareOptions options, ClientConsole console)
    {
        BenchCommand.PrepareSockets();
        using var interruption = Interruption.OfProcess();
        return await RunAsync(options, console, interruption, TimeProvider.System).ConfigureAwait(false);
    }

    /// <summary>As above, for tests.</summary>
    public static Task<int> RunAsync(CompareOptions options, ClientConsole console, Interruption interruption, TimeProvider time)
    {
        BenchProgress progress = new(console.Errors, console.IsErrorShown);
        return BenchCommand.ToEndAsync(progress, console, interruption, async () =>
        {
            Func<CancellationToken, Task<ServerChild>>? start = options.Server is null ? cancellation => ServerChild.StartAsync(OwnProgram(), cancellation) : null;
            using ServerChild? child = start is null ? null : await start(interruption.Token).ConfigureAwait(false);
            IReadOnlyList<int> pids = child is null ? options.Pids : OperatingSystem.IsLinux() ? [child.Pid] : [];
            CompareResult result = await new CompareRunner(options, child?.Address ?? options.Server!, pids, start, progress).RunAsync(interruption.Token).ConfigureAwait(false);
            progress.End();
            console.Output.Write(options.IsJson ? CompareReport.Json(result).Span : Encoding.UTF8.GetBytes(CompareReport.Text(result)));
            if (options.HtmlFile is { } file) await File.WriteAllTextAsync(file, CompareReport.Html(result, time.GetUtcNow()), CancellationToken.None).ConfigureAwait(false);
            return result.Wrong is null ? ClientExit.Normal : ClientExit.Failed;
        });
    }

    // Started as "dotnet rawrealtime.dll", the process is dotnet and needs the file too.
    static string[] OwnProgram()
    {
        string process = Environment.ProcessPath ?? throw new IOException("this process does not know its own program: name a server.");
        return Path.GetFileNameWithoutExtension(process) == "dotnet" ? [process, Environment.GetCommandLineArgs()[0]] : [process];
    }
}
