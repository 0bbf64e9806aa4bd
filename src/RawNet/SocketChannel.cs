using System.Net;
using System.Net.Sockets;

namespace RawNet;

/// <summary>A channel over a connected socket: its <c>ValueTask</c> calls and nothing else.</summary>
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

    /// <inheritdoc/>
    public override ValueTask<int> ReceiveAsync(Memory<byte> into)
    {
        // Who gives room has mostly waited without: the bytes are here, and taking them is one call. A wait is the runtime's affair.
        if (into.IsEmpty) return socket.ReceiveAsync(into, SocketFlags.None);
        int received = socket.Receive(into.Span, SocketFlags.None, out SocketError outcome);
        return outcome == SocketError.Success ? new(received)
            : outcome == SocketError.WouldBlock ? socket.ReceiveAsync(into, SocketFlags.None)
            : ValueTask.FromException<int>(new SocketException((int)outcome));
    }

    /// <inheritdoc/>
    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes) => socket.SendAsync(bytes, SocketFlags.None);

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
