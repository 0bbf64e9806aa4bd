using System.Diagnostics.CodeAnalysis;
using RawWebSocket.Wire;

namespace RawWebSocket;

/// <summary>A connection ended otherwise than by the closing handshake, while somebody waited for its next message or a pong.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Made from a connection only, always with the ending.")]
public sealed class WsClosedException : IOException
{
    internal WsClosedException(WsConnection connection)
        : base(DetailOf(connection.Ending, connection.Fault), connection.HandlerFailure) => (Ending, Fault) = (connection.Ending, connection.Fault);

    /// <summary>Why the connection ended; None when it is still closing.</summary>
    public WsEnding Ending { get; }

    /// <summary>The rule that the peer broke; None unless the ending is <see cref="WsEnding.Refused"/>.</summary>
    public WsFault Fault { get; }

    /// <summary>What happened, and what can be done.</summary>
    internal static string DetailOf(WsEnding ending, WsFault fault) => ending switch
    {
        WsEnding.None => "The connection is closing; nothing can be sent any more. Open a new one.",
        WsEnding.ClosedByPeer => "The peer closed the connection; its CloseCode and CloseReason say why.",
        WsEnding.ClosedByUs => "The connection was closed by us.",
        WsEnding.Refused => $"The peer broke a rule: {WsFaults.ReasonOf(fault)}. {CureOf(fault)}",
        WsEnding.StreamEnded => "The peer's stream ended without a close frame (RFC 6455 §7.1.5): it stopped, or something on the way cut the connection. Open a new one.",
        WsEnding.CloseTimedOut => "The peer did not answer our close frame in time. Whether it took what was sent before is not known.",
        WsEnding.KeepAliveTimedOut => "The peer was silent and answered no ping in time: it is gone or can't be reached. Open a new connection.",
        WsEnding.TooSlow => "The peer took too little of what was sent for too long. Send less, or raise SendQueueOptions.StallMilliseconds.",
        WsEnding.Broken => "The connection broke: it was reset, or the peer can't be reached any more. Open a new one.",
        WsEnding.Aborted => "The connection was given up by WsConnection.Abort.",
        WsEnding.HandlerFailed => "Our own handler threw: see the inner exception.",
        _ => throw new ArgumentOutOfRangeException(nameof(ending), ending, null),
    };

    static string CureOf(WsFault fault) => fault switch
    {
        WsFault.MessageTooBig => "Raise WsLimits.MaxMessageBytes if such messages are meant.",
        WsFault.TooManyFragments => "Raise WsLimits.MaxFragments if such messages are meant.",
        _ => "That is for the peer's makers to mend.",
    };
}
