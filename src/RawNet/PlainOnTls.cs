using System.Net.Sockets;

namespace RawNet;

/// <summary>A client that speaks HTTP without TLS where TLS is spoken: recognised before the handshake, answered, and let go.</summary>
static class PlainOnTls
{
    /// <summary>Whether the connection begins with a letter, as every method of HTTP that is in use does. A TLS record begins with its
    /// type, 22 for a handshake (RFC 8446 §5.1), and no type is a letter. What is neither is left to the handshake.</summary>
    /// <param name="socket">Nothing is taken from it.</param>
    /// <param name="cancellation">Ends the wait for the first byte.</param>
    internal static async ValueTask<bool> IsAsync(Socket socket, CancellationToken cancellation)
    {
        byte[] first = new byte[1];
        int peeked = await socket.ReceiveAsync(first.AsMemory(), SocketFlags.Peek, cancellation).ConfigureAwait(false);
        return peeked == 1 && char.IsAsciiLetter((char)first[0]);
    }

    /// <summary>Sends the answer, ends our side, and reads on until the peer ends its own, so that no reset destroys the answer (RFC 9112 §9.6).</summary>
    /// <param name="socket">Stays open.</param>
    /// <param name="answer">A whole message.</param>
    /// <param name="cancellation">Ends the wait for a peer that does not leave.</param>
    internal static async Task AnswerAsync(Socket socket, ReadOnlyMemory<byte> answer, CancellationToken cancellation)
    {
        try
        {
            for (int sent = 0; sent < answer.Length;)
                sent += await socket.SendAsync(answer[sent..], SocketFlags.None, cancellation).ConfigureAwait(false);
            socket.Shutdown(SocketShutdown.Send);
            byte[] dropped = new byte[4096];
            while (await socket.ReceiveAsync(dropped.AsMemory(), SocketFlags.None, cancellation).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException)
        {
            // It was told, or left before it could be: how it goes is its own affair.
        }
    }
}
