using System.Runtime.CompilerServices;
using RawNet;

namespace RawHttp;

/// <summary>
/// Content of a length that was told, written piece by piece with back pressure: a write waits while too much waits to be sent.
/// Left out by itself when the request was HEAD. For the handler, before it returns; one write at a time.
/// </summary>
public sealed class FixedBodyStream
{
    const int PieceBytes = 64 << 10;

    readonly HttpExchange exchange;
    readonly SendQueue outbox;
    bool ended;

    internal FixedBodyStream(HttpExchange exchange, SendQueue outbox, long length, bool hasContent)
    {
        (this.exchange, this.outbox) = (exchange, outbox);
        HasContent = hasContent;
        Left = length;
    }

    /// <summary>False when the request was HEAD: writes are dropped.</summary>
    public bool HasContent { get; }

    /// <summary>Bytes that were promised and not written yet.</summary>
    public long Left { get; private set; }

    /// <summary>True when nothing can be written any more.</summary>
    public bool HasEnded => ended || outbox.HasEnded;

    /// <summary>Writes a piece, as soon as there is room for it.</summary>
    /// <param name="piece">The bytes; they may be reused afterwards.</param>
    /// <returns>False when the stream has ended or the peer has left.</returns>
    /// <exception cref="InvalidOperationException">More than was promised.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> piece)
    {
        if (!Take(piece.Length)) return false;
        for (; HasContent && !piece.IsEmpty; piece = piece[Math.Min(PieceBytes, piece.Length)..])
        {
            bool goesOn = await WaitForRoomAsync().ConfigureAwait(false);
            while (goesOn && !outbox.TryWrite(piece.Span[..Math.Min(PieceBytes, piece.Length)])) goesOn = await outbox.WaitForRoomAsync().ConfigureAwait(false);
            if (!goesOn) return false;
            outbox.Flush();
        }
        return true;
    }

    /// <summary>Writes a piece without copying it. The stream becomes a holder if it needs to.</summary>
    /// <param name="piece">The bytes; written once, and not changed afterwards.</param>
    /// <returns>As the other.</returns>
    /// <exception cref="InvalidOperationException">More than was promised.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> WriteAsync(SharedBytes piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        if (!Take(piece.Length)) return false;
        if (!HasContent) return true;
        bool goesOn = await WaitForRoomAsync().ConfigureAwait(false);
        while (goesOn && !outbox.TryWrite(piece)) goesOn = await outbox.WaitForRoomAsync().ConfigureAwait(false);
        if (!goesOn) return false;
        outbox.Flush();
        return true;
    }

    /// <summary>
    /// Ends the content, and the exchange with it. When bytes are missing the connection ends at once, so that nobody takes what came
    /// for all of it (RFC 9112 §8). The first call counts.
    /// </summary>
    public void End()
    {
        if (ended) return;
        ended = true;
        if (HasContent && Left > 0) exchange.LeaveIncomplete();
        outbox.Flush();
        exchange.Complete();
    }

    /// <summary>The answer was not begun: there is nothing to write, and nothing to end.</summary>
    internal void Abandon() => ended = true;

    bool Take(int bytes)
    {
        if (HasEnded) return false;
        if (bytes > Left) throw new InvalidOperationException("More content than was promised.");
        Left -= bytes;
        return true;
    }

    ValueTask<bool> WaitForRoomAsync() => outbox.HasRoom ? new(!outbox.HasEnded) : outbox.WaitForRoomAsync();
}
