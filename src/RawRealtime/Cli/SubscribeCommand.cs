using RawRealtime.Client;

namespace RawRealtime.Cli;

/// <summary><c>rawrealtime subscribe</c>: messages as they come, over whatever connections it takes.</summary>
internal static class SubscribeCommand
{
    /// <summary>What stands behind the settings in the help.</summary>
    public const string Notes = """
        Standard output has the data of each message on a line (bytes as base64); on a terminal its channel and event too.
        A connection that breaks is opened again and goes on with its cursor; what is missing all the same is told on standard error.

        Exit codes:
          0  as many messages as --count came, or nobody reads the output any more
          1  something unforeseen
          2  a setting is of no use
          3  the server can't be reached: name, port, certificate, time
          4  the server opened no subscription
          5  the server ended it before it began
          6  the connection ended before it began
          7  the server is not RawRealtime, or broke a rule
          130, 143  interrupted by SIGINT (Ctrl+C), SIGTERM: the cursor to go on with was told
        """;

    /// <summary>Listens until enough came, or a signal.</summary>
    /// <returns>The exit code, see <see cref="ClientExit"/>.</returns>
    public static async Task<int> RunAsync(SubscribeOptions options, ClientConsole console)
    {
        using var interruption = Interruption.OfProcess();
        return await RunAsync(options, console, interruption, TimeProvider.System).ConfigureAwait(false);
    }

    /// <summary>As above, for tests.</summary>
    public static Task<int> RunAsync(SubscribeOptions options, ClientConsole console, Interruption interruption, TimeProvider time)
    {
        ISubscribeReport report = options.IsJson ? new JsonSubscription(console.Output) : new TextSubscription(console, options);
        return new SubscribeSession(options, TransportsOf(options), report, time, Random.Shared).RunAsync(interruption);
    }

    static ISubscribeTransport[] TransportsOf(SubscribeOptions options) => options.Via switch
    {
        SubscribeVia.Ws => [new SocketTransport(options)],
        SubscribeVia.Sse => [new StreamTransport(options)],
        SubscribeVia.Poll => [new PollTransport(options)],
        _ => [new SocketTransport(options), new StreamTransport(options), new PollTransport(options)],
    };
}
