using System.Net;
using System.Net.Sockets;
using RawHttp.Wire;
using RawNet;
using RawNet.Wire;

namespace RawHttp;

/// <summary>What happens in a server, for logs and counters. Every member may be called from any thread: be short, never wait.</summary>
public class HttpServerEvents : IListenerEvents
{
    /// <summary>A connection ended.</summary>
    /// <param name="peer">Who was at the other end.</param>
    /// <param name="ending">How.</param>
    /// <param name="fault">The rule that was broken when it was refused, else None.</param>
    /// <param name="requests">How many requests it carried.</param>
    public virtual void OnEnded(EndPoint? peer, HttpEnding ending, HttpFault fault, long requests)
    {
    }

    /// <summary>A handler failed, or the server itself. The client was told nothing but 500.</summary>
    /// <param name="failure">What was thrown.</param>
    public virtual void OnBug(Exception failure)
    {
    }

    /// <inheritdoc/>
    public virtual void OnRefused(long total)
    {
    }

    /// <inheritdoc/>
    public virtual void OnAddressRefused(EndPoint? peer, long total)
    {
    }

    /// <inheritdoc/>
    public virtual void OnAcceptFailed(SocketError reason)
    {
    }

    /// <inheritdoc/>
    public virtual void OnHandshakeFailed(EndPoint? peer, string reason)
    {
    }

    /// <summary>A connection that spoke HTTP where TLS is spoken ends as any that is refused: <see cref="OnEnded"/>.</summary>
    /// <param name="peer">Who was at the other end.</param>
    public virtual void OnPlainOnTls(EndPoint? peer) => OnEnded(peer, HttpEnding.Refused, HttpFault.PlainHttpOnTlsPort, 0);

    /// <inheritdoc/>
    public virtual void OnProxyHeaderRefused(EndPoint? peer, ProxyHeaderFault fault, long total)
    {
    }

    /// <inheritdoc/>
    public virtual void OnStaleSocketRemoved(string path)
    {
    }
}
