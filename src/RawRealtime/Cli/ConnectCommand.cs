using RawRealtime.Client;

namespace RawRealtime.Cli;

/// <summary><c>rawrealtime connect</c>: one WebSocket, typed into and read from.</summary>
internal static class ConnectCommand
{
    /// <summary>What stands behind the settings in the help.</summary>
    public const string Notes = """
        What is read is sent: a line is a text message, unless --binary. What comes is written to standard output, a line each;
        on a terminal bytes are dumped in hexadecimal, and controls are shown as pictures. Notices and errors go to standard error.

        Exit codes:
          0  closed normally: 1000, or without a code
          1  something unforeseen
          2  a setting or the input is of no use
          3  the server can't be reached: name, port, certificate, time
          4  the server answered, but opened no WebSocket
          5  the server closed with another code, such as 1011
          6  the connection ended without a closing handshake
          7  the server broke a rule of the protocol
          130, 143  interrupted by SIGINT (Ctrl+C), SIGTERM
        """;

    /// <summary>Runs it until either side closes.</summary>
    /// <returns>The exit code, see <see cref="ClientExit"/>.</returns>
    public static async Task<int> RunAsync(ConnectOptions options, ClientConsole console)
    {
        using var interruption = Interruption.OfProcess();
        return await RunAsync(options, console, interruption, TimeProvider.System).ConfigureAwait(false);
    }

    /// <summary>As above, for tests.</summary>
    public static Task<int> RunAsync(ConnectOptions options, ClientConsole console, Interruption interruption, TimeProvider time)
    {
        InputMessages input = new(console.Input, areLines: console.IsTyped || !options.IsBinary, ConnectOptions.MaxMessageBytes);
        IClientEvents events = options.IsJson ? new JsonEvents(console.Output, options.Server) : new TextEvents(console, options);
        return new ConnectSession(options, input, events, time).RunAsync(interruption);
    }
}
