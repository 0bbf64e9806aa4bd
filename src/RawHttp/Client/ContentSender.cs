using RawHttp.Wire;
using RawNet;

namespace RawHttp.Client;

/// <summary>Where a <see cref="HttpClientRequest.ContentSource"/> writes to. One write at a time.</summary>
public sealed class ContentSender
{
    // So that a large piece does not stand in memory twice.
    const int MaxPieceBytes = 64 << 10;

    readonly SendQueue outbox;
    readonly bool isChunked;
    volatile bool isStopped;

    internal ContentSender(SendQueue outbox, bool isChunked) => (this.outbox, this.isChunked) = (outbox, isChunked);

    /// <summary>Whether the server wants no more.</summary>
    internal bool IsStopped => isStopped;

    /// <summary>Writes a piece, and completes when the next one may come: so a server that takes it slowly holds its source back.</summary>
    /// <param name="piece">Not to be changed before the task completes; an empty one does nothing.</param>
    /// <returns>False when the server wants no more or is gone: what is left need not be made.</returns>
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> piece)
    {
        bool isQueued = await QueueAsync(piece).ConfigureAwait(false);
        outbox.Flush();
        return isQueued;
    }

    /// <summary>As <see cref="WriteAsync"/>, but what is queued last has not left: whoever must note something before the answer can come flushes after it.</summary>
    internal async ValueTask<bool> QueueAsync(ReadOnlyMemory<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            if (isStopped || (!outbox.HasRoom && !await outbox.WaitForRoomAsync().ConfigureAwait(false))) return false;
            ReadOnlyMemory<byte> first = piece[..Math.Min(piece.Length, MaxPieceBytes)];
            while (!(isChunked ? TryWriteChunk(first.Span) : outbox.TryWrite(first.Span)))
                if (!await outbox.WaitForRoomAsync().ConfigureAwait(false)) return false;
            piece = piece[first.Length..];
            if (!piece.IsEmpty) outbox.Flush();
        }
        return !isStopped && !outbox.HasEnded;
    }

    /// <summary>Makes every later write say that no more is wanted. Any thread.</summary>
    internal void Stop() => isStopped = true;

    // RFC 9112 §7.1
    bool TryWriteChunk(ReadOnlySpan<byte> data)
    {
        SharedBytes chunk = SharedBytes.Rent(ChunkWriter.FramedLength(data.Length));
        ChunkWriter.Write(chunk.Span, data);
        bool written = outbox.TryWrite(chunk);
        chunk.Release();
        return written;
    }
}
