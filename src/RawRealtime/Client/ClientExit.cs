namespace RawRealtime.Client;

/// <summary>Exit codes of the commands that are clients. They stand in the help and in docs/connect.md: scripts rely on them.</summary>
internal static class ClientExit
{
    /// <summary>Closed normally: with 1000 or without a code; all cases ran.</summary>
    public const int Normal = 0;

    /// <summary>Something unforeseen, or not all cases ran.</summary>
    public const int Failed = 1;

    /// <summary>A setting or the input is of no use.</summary>
    public const int ToldWrongly = 2;

    /// <summary>The server can't be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>The server answered, but opened no WebSocket.</summary>
    public const int Refused = 4;

    /// <summary>The server closed with another code than 1000.</summary>
    public const int ClosedOtherwise = 5;

    /// <summary>The connection ended without a closing handshake.</summary>
    public const int Lost = 6;

    /// <summary>The server broke a rule of the protocol.</summary>
    public const int Fault = 7;

    /// <summary>Interrupted: as shells tell it, 128 and the signal.</summary>
    public const int Interrupted = 130, Terminated = 143;
}
