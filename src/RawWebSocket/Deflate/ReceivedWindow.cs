using System.Buffers;
using System.Numerics;

namespace RawWebSocket.Deflate;

/// <summary>The last bytes of earlier messages, as far as matches may reach back: RFC 7692 §7.1.2. A ring that grows to the window's size.</summary>
struct ReceivedWindow
{
    const int LeastBytes = 256; // the smallest window there is

    byte[]? ring;
    int end; // where the next byte goes; all before it, and when the ring is full all behind it, is there

    /// <summary>How many bytes can be reached.</summary>
    internal int Count { get; private set; }

    /// <summary>Bytes held from the pool.</summary>
    internal readonly int HeldBytes => ring?.Length ?? 0;

    /// <summary>What was there and lies in one piece, which may be less than there is; behind it lies what is no longer in reach.</summary>
    /// <param name="back">How far before the end it begins; at most <see cref="Count"/>.</param>
    internal readonly ReadOnlySpan<byte> PieceAt(int back) => ring.AsSpan((end - back) & (ring!.Length - 1));

    /// <summary>Copies what was there.</summary>
    /// <param name="back">How far before the end it begins; at most <see cref="Count"/>, at least what is copied.</param>
    /// <param name="into">Where to.</param>
    internal readonly void Copy(int back, Span<byte> into)
    {
        int from = end - back;
        if (from < 0)
        {
            int atTheEnd = Math.Min(-from, into.Length);
            ring.AsSpan(ring!.Length + from, atTheEnd).CopyTo(into);
            into = into[atTheEnd..];
            from = 0;
        }
        ring.AsSpan(from, into.Length).CopyTo(into);
    }

    /// <summary>Adds a message, forgetting what is then out of reach.</summary>
    /// <param name="message">The message.</param>
    /// <param name="window">The window's size in bytes, a power of two.</param>
    internal void Append(ReadOnlySpan<byte> message, int window)
    {
        if (message.Length > window) message = message[^window..];
        if (message.IsEmpty) return;
        Grow(Math.Min(window, Count + message.Length));
        int first = Math.Min(message.Length, ring!.Length - end);
        message[..first].CopyTo(ring.AsSpan(end));
        message[first..].CopyTo(ring);
        end = (end + message.Length) & (ring.Length - 1);
        Count = Math.Min(Count + message.Length, ring.Length);
    }

    /// <summary>Forgets everything and gives the ring back.</summary>
    internal void Give()
    {
        if (ring is not null) ArrayPool<byte>.Shared.Return(ring);
        this = default;
    }

    // The pool's arrays are as long as asked for when that is a power of two.
    void Grow(int count)
    {
        if (ring is not null && ring.Length >= count) return;
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(count, LeastBytes)));
        Copy(Count, larger.AsSpan(0, Count));
        if (ring is not null) ArrayPool<byte>.Shared.Return(ring);
        (ring, end) = (larger, Count);
    }
}
