using RawWebSocket;
using RawWebSocket.Wire;

namespace RawRealtime.Client;

/// <summary>How a client's connection ended, or why there was none.</summary>
/// <param name="ExitCode">One of <see cref="ClientExit"/>.</param>
/// <param name="Name">A stable name for machines.</param>
/// <param name="Detail">One sentence for people; with the cure, when there is one.</param>
internal readonly record struct ClientEnd(int ExitCode, string Name, string Detail)
{
    /// <summary>How a connection that was open ended.</summary>
    /// <param name="connection">The connection, after its end.</param>
    /// <param name="ending">Why it ended.</param>
    /// <param name="signalled">The exit code of the signal that made us close; null when none did.</param>
    public static ClientEnd Of(WsConnection connection, WsEnding ending, int? signalled)
    {
        ClientEnd end = ending switch
        {
            WsEnding.ClosedByPeer => new(ExitCodeOf(connection.CloseCode), "closed-by-server", "The server closed the connection."),
            WsEnding.ClosedByUs => new(ClientExit.Normal, "closed-by-us", "We closed the connection."),
            WsEnding.Refused => new(ClientExit.Fault, WsFaults.CodeOf(connection.Fault), $"The server broke a rule: {WsFaults.ReasonOf(connection.Fault)}."),
            WsEnding.StreamEnded => new(ClientExit.Lost, "stream-ended", "The server ended the connection without a close frame."),
            WsEnding.CloseTimedOut => new(ClientExit.Lost, "close-timed-out", "The server did not answer our close frame in time."),
            WsEnding.KeepAliveTimedOut => new(ClientExit.Lost, "keep-alive-timed-out", "The server was silent and answered no ping."),
            WsEnding.TooSlow => new(ClientExit.Lost, "too-slow", "The server took nothing of what was sent for too long."),
            WsEnding.HandlerFailed => new(ClientExit.Failed, "failed", connection.HandlerFailure?.Message ?? ""),
            _ => new(ClientExit.Lost, "broken", "The connection broke."),
        };
        return signalled is { } code ? end with { ExitCode = code } : end;
    }

    static int ExitCodeOf(CloseCode code) => code is CloseCode.Normal or CloseCode.NoStatus ? ClientExit.Normal : ClientExit.ClosedOtherwise;
}
