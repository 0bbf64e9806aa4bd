namespace RawWebSocket;

/// <summary>Why a connection is gone: the first reason counts, and it is told once.</summary>
public enum WsEnding : byte
{
    /// <summary>It is not gone.</summary>
    None,

    /// <summary>The peer sent a close frame first, and we answered it. RFC 6455 §7.1.4.</summary>
    ClosedByPeer,

    /// <summary>We sent a close frame first, and the peer answered it. RFC 6455 §7.1.4.</summary>
    ClosedByUs,

    /// <summary>The peer broke a rule, see <see cref="WsConnection.Fault"/>. RFC 6455 §7.1.7.</summary>
    Refused,

    /// <summary>The peer's stream ended without a close frame. RFC 6455 §7.1.5: 1006.</summary>
    StreamEnded,

    /// <summary>The peer did not answer our close frame in time.</summary>
    CloseTimedOut,

    /// <summary>The peer was silent and did not answer a ping in time.</summary>
    KeepAliveTimedOut,

    /// <summary>The peer took nothing of what was sent for too long.</summary>
    TooSlow,

    /// <summary>The connection broke: reset, unreachable.</summary>
    Broken,

    /// <summary>Our application gave it up with <see cref="WsConnection.Abort"/>.</summary>
    Aborted,

    /// <summary>Our handler threw, see <see cref="WsConnection.HandlerFailure"/>; the peer was told 1011.</summary>
    HandlerFailed,
}
