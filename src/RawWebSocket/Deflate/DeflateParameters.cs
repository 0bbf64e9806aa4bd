using RawWebSocket.Wire;

namespace RawWebSocket.Deflate;

/// <summary>What both ends agreed on for permessage-deflate. RFC 7692 §7.1.</summary>
/// <param name="ServerNoContextTakeover">The server compresses each message without reference to those before. §7.1.1.1.</param>
/// <param name="ClientNoContextTakeover">The client does so. §7.1.1.2.</param>
/// <param name="ServerMaxWindowBits">The server refers back at most 2 to this power of bytes; 8 to 15. §7.1.2.1.</param>
/// <param name="ClientMaxWindowBits">The same for the client. §7.1.2.2.</param>
public readonly record struct DeflateParameters(bool ServerNoContextTakeover, bool ClientNoContextTakeover, int ServerMaxWindowBits, int ClientMaxWindowBits)
{
    /// <summary>The smallest and the largest window, as exponents of 2. RFC 7692 §7.1.2.1.</summary>
    public const int MinWindowBits = 8, MaxWindowBits = 15;

    /// <summary>What inflates the peer's messages.</summary>
    /// <param name="us">Which end we are.</param>
    public MessageInflater InflaterOf(WsRole us) =>
        us == WsRole.Server ? new(ClientMaxWindowBits, !ClientNoContextTakeover) : new(ServerMaxWindowBits, !ServerNoContextTakeover);

    /// <summary>What deflates our messages.</summary>
    /// <param name="us">Which end we are.</param>
    /// <param name="level">How much work goes into it.</param>
    public MessageDeflater DeflaterOf(WsRole us, DeflateLevel level) =>
        us == WsRole.Server ? new(level, ServerMaxWindowBits, !ServerNoContextTakeover) : new(level, ClientMaxWindowBits, !ClientNoContextTakeover);
}
