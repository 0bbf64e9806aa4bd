namespace RawHttp;

/// <summary>The ways a connection can end. Each connection ends with one of them, told once to <see cref="HttpServerEvents.OnEnded"/>.</summary>
public enum HttpEnding : byte
{
    /// <summary>It has not ended.</summary>
    None,

    /// <summary>The peer left between two requests, or while its answer was held.</summary>
    PeerClosed,

    /// <summary>The last answer was given, as one side had asked for: <c>Connection: close</c>, HTTP/1.0.</summary>
    Closed,

    /// <summary>A rule was broken, a deadline of the head or the content among them; it was answered and the connection closed.</summary>
    Refused,

    /// <summary>No request came for too long.</summary>
    IdleTimeout,

    /// <summary>The peer did not take its answers.</summary>
    TooSlow,

    /// <summary>The content of an answer could not be completed: a file changed while it was sent.</summary>
    Incomplete,

    /// <summary>It was idle, and the server is going away.</summary>
    Drained,

    /// <summary>The drain time was over before it was done.</summary>
    Aborted,

    /// <summary>It broke below HTTP.</summary>
    Broken,

    /// <summary>It was handed to another protocol, which ended it.</summary>
    Upgraded,

    /// <summary>A mistake of ours; told to <see cref="HttpServerEvents.OnBug"/> too.</summary>
    Bug,
}
