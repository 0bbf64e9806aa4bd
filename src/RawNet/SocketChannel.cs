using System.Net;
using System.Net.Sockets;

namespace RawNet;

/// <summary>A channel over a connected socket: a call that does not block, and the socket's <c>ValueTask</c> calls where it would.</summary>
public sealed class SocketChannel : ByteChannel
{
    readonly Socket socket;

    /// <summary>Takes over a connected socket.</summary>
    public SocketChannel(Socket socket)
        : this(socket, (socket ?? throw new ArgumentNullException(nameof(socket))).RemoteEndPoint)
    {
    }

    /// <summary>Takes over a connected socket whose peer is another than it shows: behind a proxy.</summary>
    public SocketChannel(Socket socket, EndPoint? peer)
    {
        ArgumentNullException.ThrowIfNull(socket);
        this.socket = socket;
        socket.Blocking = false;
        RemoteEndPoint = peer;
    }

    /// <inheritdoc/>
    public override EndPoint? RemoteEndPoint { get; }

    /// <inheritdoc/>
    public override bool IsSecure => false;

    // Both are tried without the runtime's asynchronous machinery first: most often that is all, and what a socket needs to wait for
    // room, a third of its memory, is then never made.

    /// <inheritdoc/>
    public override ValueTask<int> ReceiveAsync(Memory<byte> into)
    {
        if (into.IsEmpty) return socket.ReceiveAsync(into, SocketFlags.None);
        int received = socket.Receive(into.Span, SocketFlags.None, out SocketError error);
        return error switch
        {
            SocketError.Success => new(received),
            SocketError.WouldBlock => socket.ReceiveAsync(into, SocketFlags.None),
            _ => throw new SocketException((int)error),
        };
    }

    /// <inheritdoc/>
    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        int sent = socket.Send(bytes.Span, SocketFlags.None, out SocketError error);
        return error switch
        {
            SocketError.Success => new(sent),
            SocketError.WouldBlock => socket.SendAsync(bytes, SocketFlags.None),
            _ => throw new SocketException((int)error),
        };
    }

    /// <inheritdoc/>
    public override ValueTask EndSendingAsync()
    {
        socket.Shutdown(SocketShutdown.Send);
        return default;
    }

    /// <inheritdoc/>
    public override void Abort() => Reset(socket);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => socket.Dispose();

    /// <summary>Closes with RST instead of FIN, so that nothing lingers in the kernel for a peer we gave up.</summary>
    internal static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Already closed by the peer or by us: closing again below is harmless.
        }
        socket.Dispose();
    }
}
