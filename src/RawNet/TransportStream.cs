using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace RawNet;

/// <summary>
/// The stream under TLS. It remembers that the transport ended: when TLS then tells an end, nobody said close_notify, and what
/// was read may have been cut short by anyone on the way. RFC 8446 §6.1.
/// </summary>
/// <param name="socket">A connected socket, which it owns.</param>
sealed class TransportStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    /// <summary>
    /// While true, what reads goes on in the thread pool: a handshake computes for about a millisecond, and the thread that a
    /// read completes on may be the one that all sockets share.
    /// </summary>
    internal bool IsHandshaking { get; set; }

    /// <summary>Whether the transport gave all it will ever give.</summary>
    internal bool HasEnded { get; private set; }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (count == 0 && !buffer.IsEmpty) HasEnded = true; // an empty read gives 0 as soon as there is something to read
        if (IsHandshaking) await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return count;
    }
}
