namespace RawWebSocket.Wire;

/// <summary>Why a connection ends. RFC 6455 §7.4.1 and the IANA registry; 3000 to 4999 are free for use without a name here.</summary>
public enum CloseCode : ushort
{
    /// <summary>The purpose is fulfilled.</summary>
    Normal = 1000,

    /// <summary>The server shuts down, or a browser leaves the page.</summary>
    GoingAway = 1001,

    /// <summary>A rule of the protocol was broken.</summary>
    ProtocolError = 1002,

    /// <summary>A kind of data the receiver does not take.</summary>
    UnsupportedData = 1003,

    /// <summary>The peer's close frame held no code. Never on the wire.</summary>
    NoStatus = 1005,

    /// <summary>The stream ended without a close frame. Never on the wire.</summary>
    Abnormal = 1006,

    /// <summary>The data contradict their kind, such as text that is not UTF-8.</summary>
    InvalidData = 1007,

    /// <summary>A policy was broken that no other code names.</summary>
    PolicyViolation = 1008,

    /// <summary>A message is larger than the receiver takes.</summary>
    TooBig = 1009,

    /// <summary>The client needed an extension the server did not agree to.</summary>
    MissingExtension = 1010,

    /// <summary>Something unforeseen happened.</summary>
    InternalError = 1011,

    /// <summary>The server restarts. IANA registry.</summary>
    ServiceRestart = 1012,

    /// <summary>The server is overloaded or lost what the client needs; come back later. IANA registry.</summary>
    TryAgainLater = 1013,

    /// <summary>A gateway got a bad answer. IANA registry.</summary>
    BadGateway = 1014,

    /// <summary>The TLS handshake failed. Never on the wire.</summary>
    TlsFailed = 1015,
}

/// <summary>Which close codes may stand in a close frame.</summary>
public static class CloseCodes
{
    /// <summary>True when the code may travel in a close frame. RFC 6455 §7.4.1 and §7.4.2.</summary>
    /// <param name="code">Any number that two bytes can hold.</param>
    public static bool MayTravel(this CloseCode code) => (ushort)code switch
    {
        < 1000 => false,              // §7.4.2: 0 to 999 are not used
        1004 => false,                // §7.4.1: reserved, without a meaning yet
        1005 or 1006 or 1015 => false, // §7.4.1: tell the application of what did not come on the wire
        <= 1014 => true,              // §7.4.1; 1012 to 1014 from the IANA registry
        <= 2999 => false,             // §7.4.2: reserved for the protocol, none registered
        <= 4999 => true,              // §7.4.2: libraries 3000 to 3999, private 4000 to 4999
        _ => false,                   // §7.4: no such range
    };
}
