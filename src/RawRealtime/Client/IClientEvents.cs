using RawWebSocket;

namespace RawRealtime.Client;

/// <summary>Who is told what happens on a client's connection: one call after the other.</summary>
internal interface IClientEvents
{
    /// <summary>The connection is open.</summary>
    void Opened(WsConnection connection);

    /// <summary>A message came.</summary>
    /// <returns>Complete when it is written: meanwhile nothing more is read.</returns>
    /// <exception cref="IOException">Nobody reads what is written any more.</exception>
    ValueTask MessageAsync(WsMessage message);

    /// <summary>It is over; the last call.</summary>
    /// <param name="end">How.</param>
    /// <param name="connection">The connection; null when it was never open.</param>
    void Ended(in ClientEnd end, WsConnection? connection);
}
