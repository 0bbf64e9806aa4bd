using System.Runtime.CompilerServices;
using RawHttp.Wire;
using RawNet;

namespace RawHttp;

/// <summary>
/// Content that is written piece by piece: in chunks on HTTP/1.1, until the connection ends on HTTP/1.0, and not at all for HEAD.
/// Any thread may write; each write is sent at once unless the loop has corked the connection.
/// </summary>
public sealed class BodyStream
{
    const int SmallBytes = 1024, PieceBytes = 32 << 10;

    readonly HttpExchange exchange;
    readonly SendQueue outbox;
    readonly bool isChunked, hasContent;
    readonly ResponseTrailers? trailers;
    readonly Lock gate = new();
    bool ended;

    internal BodyStream(HttpExchange exchange, SendQueue outbox, bool isChunked, bool hasContent, ResponseTrailers? trailers) =>
        (this.exchange, this.outbox, this.isChunked, this.hasContent, this.trailers) = (exchange, outbox, isChunked, hasContent, trailers);

    /// <summary>Whether the content is sent in chunks: on HTTP/1.1.</summary>
    public bool IsChunked => isChunked;

    /// <summary>False when the request was HEAD: writes are dropped, and there is nothing to hold the exchange for.</summary>
    public bool HasContent => hasContent;

    /// <summary>Bytes of this connection that wait to be sent.</summary>
    public int QueuedBytes => outbox.QueuedBytes;

    /// <summary>True when at most half of the bound of what may wait is used.</summary>
    public bool HasRoom => outbox.HasRoom;

    /// <summary>
    /// Writes content as its peer takes it: waits while too much waits to be sent already, so that a slow peer holds the writer back.
    /// One caller at a time.
    /// </summary>
    /// <param name="data">Content of any length, sent in chunks of 32 KiB at most; it may be reused afterwards.</param>
    /// <returns>False when the stream has ended, or the peer has left or was given up as too slow: nothing more can be written, and the handler need not end the stream.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> data)
    {
        while (!data.IsEmpty)
        {
            int length = Math.Min(PieceBytes, data.Length);
            while (!TryWrite(data.Span[..length]))
                if (HasEnded || !await outbox.WaitForRoomAsync().ConfigureAwait(false)) return false;
            data = data[length..];
        }
        return !HasEnded;
    }

    /// <summary>Writes a piece, as one chunk.</summary>
    /// <param name="data">The piece; an empty one does nothing.</param>
    /// <returns>False, and nothing is written, when too much waits already, or the stream has ended or the peer has left.</returns>
    public bool TryWrite(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty) return true;
        if (!isChunked) return Write(data);
        int length = ChunkWriter.FramedLength(data.Length);
        if (length <= SmallBytes)
        {
            Span<byte> small = stackalloc byte[SmallBytes];
            return Write(small[..ChunkWriter.Write(small, data)]);
        }
        SharedBytes chunk = SharedBytes.Rent(length);
        ChunkWriter.Write(chunk.Span, data);
        bool written = TryWriteFramed(chunk);
        chunk.Release();
        return written;
    }

    /// <summary>Writes a piece that was framed once for many connections.</summary>
    /// <param name="chunk">Exactly one chunk without extensions, as <see cref="ChunkWriter.Write"/> makes it; or several, when <see cref="IsChunked"/>. The stream becomes a holder if it needs to.</param>
    /// <returns>As <see cref="TryWrite"/>.</returns>
    public bool TryWriteFramed(SharedBytes chunk)
    {
        if (!TryQueueFramed(chunk)) return false;
        outbox.Flush();
        return true;
    }

    /// <summary>As <see cref="TryWriteFramed"/>, but waits for <see cref="Flush"/>: for a batch of pieces that leave together.</summary>
    /// <param name="chunk">As there.</param>
    /// <returns>As <see cref="TryWrite"/>.</returns>
    public bool TryQueueFramed(SharedBytes chunk)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        lock (gate)
        {
            if (ended) return false;
            if (!hasContent) return true;
            return isChunked ? outbox.TryWrite(chunk) : outbox.TryWrite(chunk.Span[(chunk.Span.IndexOf((byte)'\n') + 1)..^2]);
        }
    }

    /// <summary>Sends what was queued.</summary>
    public void Flush() => outbox.Flush();

    /// <summary>True when nothing can be written any more.</summary>
    public bool HasEnded => Volatile.Read(ref ended) || outbox.HasEnded;

    /// <summary>Calls <paramref name="once"/> when there is room again or the connection has ended.</summary>
    /// <param name="once">Called on the thread that made room.</param>
    /// <returns>False, and it will not be called, when there is room now or the connection has ended.</returns>
    public bool NotifyWhenRoom(Action once) => outbox.NotifyWhenRoom(once);

    /// <summary>Gives a trailer its value, to be sent by <see cref="End"/>. RFC 9110 §6.5. Any thread.</summary>
    /// <param name="name">One that <see cref="HttpResponse.AnnounceTrailer"/> announced; dropped when that said that it is not sent.</param>
    /// <param name="value">No controls, no white space around it.</param>
    /// <exception cref="ArgumentException">It was not announced, the value is not what a field may hold, or all trailers together are longer than 2 KiB.</exception>
    public void AddTrailer(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (trailers is null) throw new ArgumentException("The trailer was not announced (RFC 9110 §6.6.2).", nameof(name));
        lock (gate) trailers.Add(name, value);
    }

    /// <summary>Ends the content, and the exchange with it. The first call counts. Any thread.</summary>
    public void End()
    {
        lock (gate)
        {
            if (ended) return;
            ended = true;
            if (isChunked && hasContent && !outbox.HasEnded && !TryWriteLast()) exchange.GiveUpPeer();
        }
        outbox.Flush();
        exchange.Complete();
    }

    /// <summary>
    /// Gives the content up, and the connection with it: what was sent is not whole, and the peer can tell (RFC 9112 §8). Does nothing once the
    /// stream has ended. Any thread.
    /// </summary>
    public void Abort()
    {
        lock (gate)
        {
            if (ended) return;
            ended = true;
        }
        exchange.LeaveIncomplete();
        exchange.Complete();
    }

    /// <summary>The peer has left: later writes say so.</summary>
    internal void Abandon()
    {
        lock (gate) ended = true;
    }

    bool TryWriteLast()
    {
        ReadOnlySpan<byte> lines = trailers is null ? default : trailers.Lines;
        Span<byte> last = stackalloc byte[ChunkWriter.LastLength(ResponseTrailers.MaxBytes)];
        ChunkWriter.WriteLast(last, lines);
        return outbox.TryWriteOwed(last[..ChunkWriter.LastLength(lines.Length)]);
    }

    bool Write(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            if (ended || (hasContent && !outbox.TryWrite(bytes))) return false;
        }
        outbox.Flush();
        return true;
    }
}
