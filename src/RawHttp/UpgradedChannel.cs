using System.Net.Sockets;
using RawNet;

namespace RawHttp;

/// <summary>A connection that left HTTP, handed over exactly once. RFC 9110 §7.8. What served HTTP on it is gone while it lives.</summary>
public sealed class UpgradedChannel : IOpenConnection
{
    readonly IUpgradedHandler? to;
    bool isDrainTold;

    internal UpgradedChannel(Connection connection, IUpgradedHandler? to = null) => (Connection, this.to) = (connection, to);

    /// <summary>The connection. What the peer sent behind its request is unread in its inbox; the deadline has no owner and is not set.</summary>
    public Connection Connection { get; }

    /// <summary>The server is going away. The other protocol is told once.</summary>
    internal void Drain()
    {
        if (!Interlocked.Exchange(ref isDrainTold, true)) to!.OnDraining();
    }

    void IOpenConnection.Drain() => Drain();

    void IOpenConnection.Abort() => Connection.Abort();

    /// <summary>Runs the other protocol to its end, which is the connection's.</summary>
    /// <param name="service">Who is told.</param>
    /// <param name="requests">How many requests there were before.</param>
    internal async Task RunAsync(HttpService service, long requests)
    {
        try
        {
            await to!.RunAsync(this).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            if (failure is not (SocketException or IOException or ObjectDisposedException)) service.Events.OnBug(failure);
        }
        Connection.Dispose();
        service.Events.OnEnded(Connection.RemoteEndPoint, HttpEnding.Upgraded, Wire.HttpFault.None, requests);
        service.Open.Remove(this);
    }
}
