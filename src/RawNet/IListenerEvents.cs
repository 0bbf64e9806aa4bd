using System.Net;
using System.Net.Sockets;
using RawNet.Wire;

namespace RawNet;

/// <summary>What happens at the door, for logs and counters. Perhaps called on the accepting thread: be short.</summary>
public interface IListenerEvents
{
    /// <summary>A connection was closed at once, since the cap is reached. <paramref name="total"/> so far.</summary>
    void OnRefused(long total);

    /// <summary>A connection was closed at once, since its address has as many as it may. <paramref name="total"/> so far.</summary>
    void OnAddressRefused(EndPoint? peer, long total);

    /// <summary>Accepting failed; it goes on after a pause.</summary>
    void OnAcceptFailed(SocketError reason);

    /// <summary>A peer did not complete the TLS handshake.</summary>
    void OnHandshakeFailed(EndPoint? peer, string reason);

    /// <summary>A peer spoke HTTP where TLS is spoken, and was told so.</summary>
    void OnPlainOnTls(EndPoint? peer);

    /// <summary>A trusted peer did not begin with a PROXY header that can be read; its connection was closed. <paramref name="total"/> so far.</summary>
    void OnProxyHeaderRefused(EndPoint? peer, ProxyHeaderFault fault, long total);

    /// <summary>A Unix-domain socket that nobody listened on was in the way, and was removed.</summary>
    void OnStaleSocketRemoved(string path);
}
