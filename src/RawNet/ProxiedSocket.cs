using System.Buffers;
using System.Net.Sockets;
using RawNet.Wire;

namespace RawNet;

/// <summary>Takes a PROXY header off a socket, and not one byte more: what follows is TLS or HTTP, and for others to read.</summary>
static class ProxiedSocket
{
    /// <summary>Reads the header.</summary>
    /// <param name="socket">Just accepted.</param>
    /// <param name="cancellation">Ends a header that takes too long.</param>
    /// <exception cref="SocketException">The connection broke.</exception>
    internal static async ValueTask<ProxyHeader> ReadHeaderAsync(Socket socket, CancellationToken cancellation)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(ProxyHeaderReader.MaxBytes);
        try
        {
            return await ReadHeaderAsync(socket, block, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ProxyHeader.Refused(ProxyHeaderFault.TooSlow);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    // What is peeked at is taken when it is known to be the header's, so there is always something new to wait for.
    static async ValueTask<ProxyHeader> ReadHeaderAsync(Socket socket, byte[] block, CancellationToken cancellation)
    {
        int taken = 0;
        while (true)
        {
            int peeked = await socket.ReceiveAsync(block.AsMemory(taken), SocketFlags.Peek, cancellation).ConfigureAwait(false);
            if (peeked == 0) return ProxyHeader.Refused(ProxyHeaderFault.Incomplete);
            ProxyHeader header = ProxyHeaderReader.Read(block.AsSpan(0, taken + peeked));
            if (header.Fault != ProxyHeaderFault.None) return header;
            int upTo = header.IsUnfinished ? taken + peeked : header.Length;
            while (taken < upTo)
                taken += await socket.ReceiveAsync(block.AsMemory(taken, upTo - taken), SocketFlags.None, cancellation).ConfigureAwait(false);
            if (!header.IsUnfinished) return header;
        }
    }
}
