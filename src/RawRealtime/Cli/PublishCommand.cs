using RawRealtime.Client;

namespace RawRealtime.Cli;

/// <summary><c>rawrealtime publish</c>: messages from the command line, a file or a pipe.</summary>
internal static class PublishCommand
{
    /// <summary>What stands behind the settings in the help.</summary>
    public const string Notes = """
        Standard output has the id of each message. With --lines it is quiet: refused lines and the sum go to standard error.

        Exit codes:
          0  everything was published
          1  something unforeseen
          2  a setting or the input is of no use
          3  the server can't be reached: name, port, certificate, time
          4  the server refused something
          6  the connection ended before the answer
          7  the answer is not one of RawRealtime's
          130, 143  interrupted by SIGINT (Ctrl+C), SIGTERM
        """;

    /// <summary>Publishes.</summary>
    /// <returns>The exit code, see <see cref="ClientExit"/>.</returns>
    public static async Task<int> RunAsync(PublishOptions options, ClientConsole console)
    {
        using var interruption = Interruption.OfProcess();
        return await RunAsync(options, console, interruption, TimeProvider.System).ConfigureAwait(false);
    }

    /// <summary>As above, for tests.</summary>
    public static Task<int> RunAsync(PublishOptions options, ClientConsole console, Interruption interruption, TimeProvider time) =>
        new PublishSession(options, console, new(console, options, time), time).RunAsync(interruption);
}
