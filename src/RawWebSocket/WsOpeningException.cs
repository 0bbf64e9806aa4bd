using System.Diagnostics.CodeAnalysis;
using RawHttp.Wire;
using RawWebSocket.Handshake;

namespace RawWebSocket;

/// <summary>The server did not let a WebSocket be opened.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Made in one place only, always with the rule.")]
public sealed class WsOpeningException : Exception
{
    /// <summary>The answer breaks a rule of RFC 6455 §4.1.</summary>
    /// <param name="fault">The rule.</param>
    /// <param name="status">The status of the answer.</param>
    internal WsOpeningException(OpeningFault fault, int status)
        : base($"{OpeningFaults.DetailOf(fault)} Its status is {status}.") => (Fault, Status) = (fault, status);

    /// <summary>The answer is not HTTP.</summary>
    /// <param name="fault">The rule of HTTP that it breaks.</param>
    internal WsOpeningException(HttpFault fault)
        : base(HttpFaults.DetailOf(fault)) => HttpFault = fault;

    /// <summary>The rule of the opening handshake that the answer breaks; None when it is not even HTTP.</summary>
    public OpeningFault Fault { get; }

    /// <summary>The rule of HTTP that the answer breaks; None when it is HTTP.</summary>
    public HttpFault HttpFault { get; }

    /// <summary>The status of the answer; 0 when it is not HTTP.</summary>
    public int Status { get; }
}
