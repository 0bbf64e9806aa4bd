using System.Buffers;

namespace RawNet;

/// <summary>
/// What has arrived and was not yet read: one contiguous pooled block, so that parsers see a single span.
/// It shifts, grows to a cap, and is given back while a connection idles. One thread at a time.
/// </summary>
/// <remarks>Protocol of use: <see cref="Free"/>, receive into it, <see cref="Commit"/>; <see cref="Unread"/>, parse, <see cref="Consume"/>.</remarks>
public sealed class ReceiveBuffer : IDisposable
{
    // Tiny in debug builds, so that growing and shifting run in every test.
#if DEBUG
    const int FirstBytes = 16;
#else
    const int FirstBytes = 4096;
#endif

    // What a peer that fills one block after another is read with: more bytes a call, and more answers a send.
    const int MostBytesAhead = 64 * 1024;

    readonly int maxBytes;
    byte[]? block;
    int start, end;
    int firstBytes = FirstBytes; // of the next block

    /// <summary>Makes an empty buffer that holds no block yet.</summary>
    /// <param name="maxBytes">Most unread bytes it can hold; at least one receive's worth, 16.</param>
    public ReceiveBuffer(int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 16);
        this.maxBytes = maxBytes;
    }

    /// <summary>Bytes that arrived and were not consumed. The reader may change them in place (unmasking does).</summary>
    public Span<byte> Unread => block.AsSpan(start, end - start);

    /// <summary>The same as <see cref="Unread"/>, for a handler that awaits. Valid until the next <see cref="Consume"/> or <see cref="Free"/>.</summary>
    public Memory<byte> UnreadMemory => block.AsMemory(start, end - start);

    /// <summary>True when nothing waits to be read.</summary>
    public bool IsEmpty => start == end;

    /// <summary>True when the cap is reached: no further byte can be taken before some are consumed.</summary>
    public bool IsFull => end - start >= maxBytes;

    /// <summary>True while a block is rented; an idle connection holds none.</summary>
    public bool HoldsBlock => block is not null;

    /// <summary>Length of the rented block; 0 when none is.</summary>
    internal int BlockBytes => block?.Length ?? 0;

    /// <summary>Where the next bytes go. Never empty, since a receive into nothing also returns 0.</summary>
    /// <exception cref="InvalidOperationException">The buffer is full; ask <see cref="IsFull"/> first.</exception>
    public Memory<byte> Free
    {
        get
        {
            if (IsFull) throw new InvalidOperationException("The receive buffer is full.");
            block ??= ArrayPool<byte>.Shared.Rent(Math.Min(firstBytes, maxBytes));
            if (end == block.Length) MakeRoom(block);
            return block.AsMemory(end, Math.Min(block.Length - end, maxBytes - (end - start)));
        }
    }

    /// <summary>Takes in <paramref name="received"/> bytes that were written to <see cref="Free"/>.</summary>
    public void Commit(int received)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)received, (uint)((block?.Length ?? 0) - end), nameof(received));
        end += received;
        if (end == block?.Length) firstBytes = Math.Min(firstBytes * 4, MostBytesAhead);
        else if (received < FirstBytes) firstBytes = FirstBytes;
    }

    /// <summary>Takes in a copy of <paramref name="bytes"/>: for bytes that came by another way than a receive.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            Span<byte> free = Free.Span;
            int part = Math.Min(free.Length, bytes.Length);
            bytes[..part].CopyTo(free);
            Commit(part);
            bytes = bytes[part..];
        }
    }

    /// <summary>Marks the first <paramref name="count"/> unread bytes as spent.</summary>
    public void Consume(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(end - start), nameof(count));
        start += count;
        if (start == end) start = end = 0;
    }

    /// <summary>Gives the block back when nothing is unread.</summary>
    public void ReleaseWhenEmpty()
    {
        if (block is null || !IsEmpty) return;
        ArrayPool<byte>.Shared.Return(block);
        block = null;
        start = end = 0;
    }

    /// <summary>Drops what is unread and gives the block back.</summary>
    public void Dispose()
    {
        start = end;
        ReleaseWhenEmpty();
    }

    void MakeRoom(byte[] full)
    {
        int unread = end - start;
        // A block of the cap's size always gets room by shifting, since a full buffer never comes here.
        bool shifts = start >= full.Length / 2 || full.Length >= maxBytes;
        byte[] target = shifts ? full : ArrayPool<byte>.Shared.Rent(Math.Min(full.Length * 2, maxBytes));
        full.AsSpan(start, unread).CopyTo(target);
        if (target != full) ArrayPool<byte>.Shared.Return(full);
        (block, start, end) = (target, 0, unread);
    }
}
