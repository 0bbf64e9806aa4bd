using System.Net;
using System.Net.Sockets;

namespace RawNet;

/// <summary>Who comes by a Unix-domain socket: a program on this machine, without an address of its own.</summary>
public sealed class UnixPeer : EndPoint
{
    UnixPeer()
    {
    }

    /// <summary>The one there is.</summary>
    public static UnixPeer Instance { get; } = new();

    /// <inheritdoc/>
    public override AddressFamily AddressFamily => AddressFamily.Unix;

    /// <summary><c>unix</c>, as it stands in logs.</summary>
    public override string ToString() => "unix";
}
