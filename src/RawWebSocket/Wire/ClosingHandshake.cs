namespace RawWebSocket.Wire;

/// <summary>How far the closing handshake is. RFC 6455 §7.1.</summary>
public enum CloseState : byte
{
    /// <summary>Neither side sent a close frame; messages may go both ways.</summary>
    Open,

    /// <summary>Our close frame is sent, the peer's has not come. RFC 6455 §7.1.2: we send nothing more.</summary>
    WeAsked,

    /// <summary>The peer's close frame came first; a reply is owed. RFC 6455 §5.5.1.</summary>
    TheyAsked,

    /// <summary>Both close frames passed; only the stream is still to be ended, by the server first. RFC 6455 §7.1.1.</summary>
    Agreed,

    /// <summary>The stream ended.</summary>
    Ended,
}

/// <summary>What moves the closing handshake on.</summary>
public enum CloseEvent : byte
{
    /// <summary>We queued a close frame.</summary>
    SentClose,

    /// <summary>The peer's close frame came.</summary>
    GotClose,

    /// <summary>The stream ended, whoever ended it.</summary>
    StreamEnded,
}

/// <summary>The closing handshake as a table, the same for both roles. RFC 6455 §7.1.</summary>
public static class ClosingHandshake
{
    /// <summary>The state that follows.</summary>
    /// <param name="state">The state so far.</param>
    /// <param name="happened">What moved it on.</param>
    /// <exception cref="InvalidOperationException">The pair is not in the table: a bug of ours, not of the peer.</exception>
    public static CloseState After(CloseState state, CloseEvent happened) => (state, happened) switch
    {
        (_, CloseEvent.StreamEnded) => CloseState.Ended,                  // §7.1.5: 1006 unless a close frame came before
        (CloseState.Open, CloseEvent.SentClose) => CloseState.WeAsked,    // §7.1.2: no frame after this
        (CloseState.Open, CloseEvent.GotClose) => CloseState.TheyAsked,   // §5.5.1: a reply is owed
        (CloseState.TheyAsked, CloseEvent.SentClose) => CloseState.Agreed, // §7.1.1: the server ends TCP first
        (CloseState.WeAsked, CloseEvent.GotClose) => CloseState.Agreed,
        _ => throw new InvalidOperationException($"{happened} while {state}"),
    };
}
