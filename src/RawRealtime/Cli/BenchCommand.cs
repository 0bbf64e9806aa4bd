using System.Text;
using RawRealtime.Bench;
using RawRealtime.Client;

namespace RawRealtime.Cli;

/// <summary><c>rawrealtime bench</c>: loads a server, verifies what it answers, and tells how fast it was.</summary>
internal static class BenchCommand
{
    /// <summary>What stands behind the settings in the help.</summary>
    public const string Notes = """
        How to measure honestly, and what the figures mean: docs/bench.md.

        Exit codes:
          0  everything was measured, and all that came was right
          1  something was lost, repeated, changed or refused; or the server's process can't be read
          2  a setting is of no use
          130, 143  interrupted by SIGINT (Ctrl+C), SIGTERM
        """;

    /// <summary>Sets how this process's sockets work; before the first of them is made.</summary>
    /// <remarks>
    /// Handlers of a bench never block, so they run on the thread that waits for the sockets, and one such thread is enough.
    /// What the environment says goes first.
    /// </remarks>
    public static void PrepareSockets()
    {
        SetUnlessSet("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS");
        SetUnlessSet("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT");
    }

    /// <summary>Measures.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(BenchOptions options, ClientConsole console)
    {
        PrepareSockets();
        using var interruption = Interruption.OfProcess();
        return await RunAsync(options, console, interruption, TimeProvider.System).ConfigureAwait(false);
    }

    /// <summary>As above, for tests.</summary>
    public static Task<int> RunAsync(BenchOptions options, ClientConsole console, Interruption interruption, TimeProvider time)
    {
        BenchProgress progress = new(console.Errors, console.IsErrorShown);
        return ToEndAsync(progress, console, interruption, async () =>
        {
            BenchResult result = await new BenchRunner(options, progress).RunAsync(interruption.Token).ConfigureAwait(false);
            progress.End();
            console.Output.Write(options.IsJson ? BenchReport.Json(result).Span : Encoding.UTF8.GetBytes(BenchReport.Text(result)));
            if (options.HtmlFile is { } file) await File.WriteAllTextAsync(file, BenchPage.Of(result, time.GetUtcNow()), CancellationToken.None).ConfigureAwait(false);
            return result.IsRight ? ClientExit.Normal : ClientExit.Failed;
        });
    }

    /// <summary>Measures, and tells why when it does not come to an end.</summary>
    /// <param name="progress">The line that is told meanwhile.</param>
    /// <param name="console">Where a failure is told.</param>
    /// <param name="interruption">Whether somebody wants it to stop.</param>
    /// <param name="measure">What is done; gives the exit code.</param>
    public static async Task<int> ToEndAsync(BenchProgress progress, ClientConsole console, Interruption interruption, Func<Task<int>> measure)
    {
        try
        {
            return await measure().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.ExitCode is not null)
        {
            progress.End();
            return interruption.ExitCode.Value;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            progress.End();
            await console.Errors.WriteLineAsync(console.Red($"rawrealtime: {failure.Message}")).ConfigureAwait(false);
            return ClientExit.Failed;
        }
    }

    static void SetUnlessSet(string name)
    {
        if (Environment.GetEnvironmentVariable(name) is null) Environment.SetEnvironmentVariable(name, "1");
    }
}
