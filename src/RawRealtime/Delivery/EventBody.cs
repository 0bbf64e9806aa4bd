using RawHttp;
using RawHttp.Wire;
using RawHub;
using RawNet;

namespace RawRealtime.Delivery;

/// <summary>
/// The content of one event stream, plain or gzip, and the cursor that its client was last told. Any thread: what is written, its sum and the
/// cursor change together.
/// </summary>
/// <param name="body">Where the chunks go.</param>
/// <param name="isGzip">Whether they are pieces of a gzip stream. RFC 9110 §8.4.1.3.</param>
internal sealed class EventBody(BodyStream body, bool isGzip)
{
    // Nothing is flushed under it: a flush may make room, and so deliver, on this thread.
    readonly Lock gate = new();
    readonly ToldCursor told = new();
    GzipTrailer trailer;
    bool isEnded;

    /// <summary>Whether the content is a gzip stream.</summary>
    public bool IsGzip => isGzip;

    /// <summary>Whether several chunks may be queued as one block: they leave as they are.</summary>
    public bool TakesChunks => !isGzip && body.IsChunked;

    /// <summary>False when the request was HEAD.</summary>
    public bool HasContent => body.HasContent;

    /// <summary>True when nothing can be written any more.</summary>
    public bool HasEnded => Volatile.Read(ref isEnded) || body.HasEnded;

    /// <summary>How often a cursor was told: the same number twice means that nothing was delivered in between.</summary>
    public int ToldCount => told.Count;

    /// <summary>Writes what stands in front of all content.</summary>
    public void Begin()
    {
        if (!isGzip) return;
        lock (gate) TryQueueChunk(GzipWriter.Header);
    }

    /// <summary>Queues a message's event in a form that is shared, its id the message's.</summary>
    /// <param name="message">The message.</param>
    /// <param name="forms">The event's forms.</param>
    /// <returns>False when there is no room, or the stream has ended.</returns>
    public bool TryQueue(PublishedMessage message, EventForms forms)
    {
        if (!isGzip) return TryQueue(forms.Plain(message), message.Id);
        SharedBytes chunk = forms.Gzip(message, out GzipSum sum);
        lock (gate)
        {
            if (isEnded || !body.TryQueueFramed(chunk)) return false;
            trailer.Add(sum);
            told.Tell(message.Id);
            return true;
        }
    }

    /// <summary>Queues several of them at once. Only while <see cref="TakesChunks"/>.</summary>
    /// <param name="joined">The events, each in a chunk.</param>
    /// <returns>As <see cref="TryQueue(PublishedMessage, EventForms)"/>.</returns>
    public bool TryQueue(in JoinedMessages joined) => TryQueue(joined.Bytes, joined.Last);

    /// <summary>Queues an event that is for this stream only.</summary>
    /// <param name="plain">The event as a chunk; still the caller's.</param>
    /// <param name="cursor">The id of the event.</param>
    /// <returns>As <see cref="TryQueue(PublishedMessage, EventForms)"/>.</returns>
    public bool TryQueue(SharedBytes plain, ReadOnlySpan<byte> cursor)
    {
        if (!isGzip) return TryQueue(plain, default, cursor);
        ReadOnlySpan<byte> content = EventFormat.ContentOf(plain);
        SharedBytes chunk = GzipChunk.Of(content);
        bool taken = TryQueue(chunk, GzipSum.Of(content), cursor);
        chunk.Release();
        return taken;
    }

    /// <summary>Queues a block that is no event and has no id: a retry time, a comment. It is dropped when there is no room.</summary>
    public void TryQueue(ReadOnlySpan<byte> block)
    {
        lock (gate) TryQueueBlock(block);
    }

    /// <summary>Queues a block that tells <paramref name="cursor"/>, unless the client knows it already.</summary>
    /// <param name="block">The block.</param>
    /// <param name="cursor">The cursor.</param>
    /// <param name="ifToldCount">What <see cref="ToldCount"/> was before the cursor was asked for: if something was delivered since, it may be an older one.</param>
    /// <returns>Whether it was queued.</returns>
    public bool TryQueueCursor(ReadOnlySpan<byte> block, ReadOnlySpan<byte> cursor, int ifToldCount)
    {
        lock (gate)
        {
            if (!told.IsNews(cursor, ifToldCount) || !TryQueueBlock(block)) return false;
            told.Tell(cursor);
            return true;
        }
    }

    /// <summary>Sends what was queued.</summary>
    public void Flush() => body.Flush();

    /// <inheritdoc cref="BodyStream.NotifyWhenRoom"/>
    public bool NotifyWhenRoom(Action once) => body.NotifyWhenRoom(once);

    /// <summary>Ends the stream. Without room for the end of the gzip stream it is cut instead, so that nobody takes it for whole.</summary>
    public void End()
    {
        bool isWhole;
        lock (gate)
        {
            if (isEnded) return;
            Span<byte> end = stackalloc byte[GzipTrailer.Bytes];
            trailer.Write(end);
            isWhole = !isGzip || TryQueueChunk(end);
            Volatile.Write(ref isEnded, true);
        }
        if (isWhole) body.End();
        else body.Abort();
    }

    bool TryQueue(SharedBytes chunks, MessageId cursor)
    {
        lock (gate)
        {
            if (isEnded || !body.TryQueueFramed(chunks)) return false;
            told.Tell(cursor);
            return true;
        }
    }

    bool TryQueue(SharedBytes chunk, in GzipSum sum, ReadOnlySpan<byte> cursor)
    {
        lock (gate)
        {
            if (isEnded || !body.TryQueueFramed(chunk)) return false;
            if (isGzip) trailer.Add(sum);
            told.Tell(cursor);
            return true;
        }
    }

    // Too short to be worth compressing.
    bool TryQueueBlock(ReadOnlySpan<byte> block)
    {
        if (!isGzip) return !isEnded && TryQueueChunk(block);
        Span<byte> stored = stackalloc byte[GzipWriter.StoredLength(block.Length)];
        GzipWriter.WriteStored(stored, block);
        if (isEnded || !TryQueueChunk(stored)) return false;
        trailer.Add(GzipSum.Of(block));
        return true;
    }

    bool TryQueueChunk(ReadOnlySpan<byte> content)
    {
        SharedBytes chunk = SharedBytes.Rent(ChunkWriter.FramedLength(content.Length));
        ChunkWriter.Write(chunk.Span, content);
        bool taken = body.TryQueueFramed(chunk);
        chunk.Release();
        return taken;
    }
}
