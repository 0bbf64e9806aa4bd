using System.Net;

namespace RawNet;

/// <summary>
/// The single seam between protocols and the network: bytes in, bytes out. Plain sockets, TLS and scripted test channels are its forms.
/// One receive and one send may be pending at a time; <see cref="Abort"/> may be called from any thread and ends both.
/// </summary>
public abstract class ByteChannel : IDisposable
{
    // Two fields instead of an object that would weigh on each connection that idles.
    Listener? listener;
    IPAddress? countedUnder;

    /// <summary>Takes a place among those that a listener counts, given back with the channel.</summary>
    internal void TakePlace(Listener of, IPAddress? address) => (listener, countedUnder) = (of, address);

    /// <summary>Who is at the other end; null when that has no address.</summary>
    public abstract EndPoint? RemoteEndPoint { get; }

    /// <summary>True when the bytes are protected by TLS.</summary>
    public abstract bool IsSecure { get; }

    /// <summary>
    /// Once a receive gave 0: whether the peer itself said so. Under TLS close_notify says it, and a connection that merely stops may
    /// have been cut by anyone on the way (RFC 8446 §6.1); without TLS nobody can tell, and it is taken for the peer's word.
    /// </summary>
    public virtual bool EndedInOrder => true;

    /// <summary>Receives at least one byte into <paramref name="into"/>; 0 means that the peer ended its side.</summary>
    /// <param name="into">Where to; an empty memory waits until there is something to receive and gives 0.</param>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The connection broke.</exception>
    /// <exception cref="ObjectDisposedException">The channel was aborted or disposed.</exception>
    public abstract ValueTask<int> ReceiveAsync(Memory<byte> into);

    /// <summary>Sends a first part of <paramref name="bytes"/>, tried at once and without waiting when there is room.</summary>
    /// <returns>How many bytes were taken, at least 1 for a memory that is not empty.</returns>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The connection broke.</exception>
    /// <exception cref="ObjectDisposedException">The channel was aborted or disposed.</exception>
    public abstract ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Ends our side in order: FIN, after close_notify under TLS. The peer may still send.</summary>
    public abstract ValueTask EndSendingAsync();

    /// <summary>Ends both sides at once (RST) and whatever is pending. May be called again, from any thread.</summary>
    public abstract void Abort();

    /// <summary>Gives back the socket.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        Interlocked.Exchange(ref listener, null)?.Leave(countedUnder);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back the socket.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected abstract void Dispose(bool disposing);
}
