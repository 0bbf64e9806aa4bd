using System.Net;
using System.Net.Sockets;

namespace RawNet;

/// <summary>A connection on its way from the kernel to its protocol.</summary>
/// <param name="socket">Accepted.</param>
/// <param name="isUnix">Whether it came by a Unix-domain socket.</param>
sealed class Arrival(Socket socket, bool isUnix)
{
    internal Socket Socket => socket;

    internal bool IsUnix => isUnix;

    /// <summary>Who is at the other end: at the socket, or told by a trusted proxy.</summary>
    internal EndPoint? Peer { get; set; } = isUnix ? UnixPeer.Instance : Plain(socket.RemoteEndPoint);

    /// <summary>The address that it takes a place of; null when it takes none.</summary>
    internal IPAddress? Counted { get; set; }

    // A socket for both kinds shows an IPv4 peer in IPv6 clothing.
    static EndPoint? Plain(EndPoint? peer) =>
        peer is IPEndPoint { Address.IsIPv4MappedToIPv6: true } mapped ? new IPEndPoint(mapped.Address.MapToIPv4(), mapped.Port) : peer;
}
