namespace RawHttp.Wire;

/// <summary>Whose turn it is on a server's connection. RFC 9112 §9.</summary>
public enum CycleState : byte
{
    /// <summary>Nothing of a request is here.</summary>
    Idle,

    /// <summary>Some of a request's head is here.</summary>
    Head,

    /// <summary>The handler has the request; its content may still be coming.</summary>
    Handling,

    /// <summary>The handler will answer later, from elsewhere.</summary>
    Held,

    /// <summary>The answer is complete; what is left of the request's content is being read away.</summary>
    Answered,

    /// <summary>The connection belongs to another protocol.</summary>
    Upgraded,

    /// <summary>The last answer was given; what still comes is read away for a while, so that a reset does not destroy the answer (RFC 9112 §9.6).</summary>
    Lingering,

    /// <summary>It is over.</summary>
    Ended,
}

/// <summary>What moves the cycle on.</summary>
public enum CycleEvent : byte
{
    /// <summary>The first byte of a request line came.</summary>
    RequestBegan,

    /// <summary>A head was read and passed every rule.</summary>
    HeadRead,

    /// <summary>A rule was broken, and that was answered.</summary>
    Refused,

    /// <summary>The handler chose to answer later.</summary>
    Held,

    /// <summary>The answer is complete.</summary>
    Answered,

    /// <summary>The request's content is read to its end, and both sides keep the connection.</summary>
    NextMayCome,

    /// <summary>This was the last request: one side said so, or the content will not be read.</summary>
    Closing,

    /// <summary>101 was sent.</summary>
    Switched,

    /// <summary>The stream ended or broke, or its time was over.</summary>
    StreamEnded,
}

/// <summary>The table of a server's connection.</summary>
public static class MessageCycle
{
    /// <summary>RFC 9112 §9. A pair not listed is a bug of ours, not of the peer.</summary>
    /// <param name="state">Where the connection is.</param>
    /// <param name="happened">What happened.</param>
    /// <exception cref="InvalidOperationException">The pair is not in the table.</exception>
    public static CycleState After(CycleState state, CycleEvent happened) => (state, happened) switch
    {
        (_, CycleEvent.StreamEnded) => CycleState.Ended,     // §9.5, §9.6
        (CycleState.Idle, CycleEvent.RequestBegan) => CycleState.Head,
        (CycleState.Idle, CycleEvent.Closing) => CycleState.Lingering, // §9.5: no request is under way
        (CycleState.Head, CycleEvent.HeadRead) => CycleState.Handling,
        (CycleState.Head, CycleEvent.Refused) => CycleState.Lingering, // §9.6, and §11.2: never resynchronise
        (CycleState.Handling, CycleEvent.Refused) => CycleState.Lingering, // the content broke a rule
        (CycleState.Handling, CycleEvent.Held) => CycleState.Held,
        (CycleState.Handling, CycleEvent.Switched) => CycleState.Upgraded,  // RFC 9110 §7.8
        (CycleState.Handling, CycleEvent.Answered) => CycleState.Answered,
        (CycleState.Held, CycleEvent.Answered) => CycleState.Answered,  // §9.3.2: pipelined requests are answered in order
        (CycleState.Answered, CycleEvent.NextMayCome) => CycleState.Idle,      // §9.3
        (CycleState.Answered, CycleEvent.Closing) => CycleState.Lingering, // §9.6
        _ => throw new InvalidOperationException($"{happened} while {state}"),
    };
}
