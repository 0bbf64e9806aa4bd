using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace RawWebSocket.Deflate;

/// <summary>
/// What a sender may refer to, and where in it to look: the last bytes of earlier messages and the message itself, as far as they lie in the
/// window. RFC 1951 §4, RFC 7692 §7.1.2. Twice the window is kept, so that bytes move down only once in a window's time.
/// </summary>
/// <param name="window">The window's size in bytes, a power of two.</param>
/// <param name="hasChain">Whether older places are found, too.</param>
struct SentWindow(int window, bool hasChain)
{
    const int LeastBytes = 256, MinHashBits = 8, MaxHashBits = 13, MaxChainedHashBits = 15;

    byte[]? bytes;
    ushort[]? heads, chain;
    int hashBits, count;
    uint moved;

    /// <summary>Bytes held from the pool.</summary>
    internal readonly int HeldBytes => (bytes?.Length ?? 0) + sizeof(ushort) * ((heads?.Length ?? 0) + (chain?.Length ?? 0));

    /// <summary>All bytes there are.</summary>
    internal readonly ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, count);

    /// <summary>For each hash of four bytes the last place that had it. It may be wrong: 0 where there was none.</summary>
    internal readonly Span<ushort> Heads => heads.AsSpan(0, 1 << hashBits);

    /// <summary>For each place, counted from <see cref="Moved"/> on and modulo its length, how far before it the one with the same hash is; wrong or 0 where there is none.</summary>
    internal readonly Span<ushort> Chain => chain.AsSpan(0, window);

    /// <summary>How far bytes have moved down so far.</summary>
    internal readonly uint Moved => moved;

    /// <summary>Takes from the pool what a message needs.</summary>
    /// <param name="length">Bytes of the message.</param>
    /// <param name="keepsContext">Whether more messages will be added.</param>
    internal void Begin(int length, bool keepsContext)
    {
        Grow((int)Math.Min(2 * window, (uint)count + (uint)length));
        if (heads is not null) return;
        int useful = BitOperations.Log2((uint)(keepsContext ? window : Math.Min(length, window)) | 1) + 1;
        hashBits = Math.Clamp(useful, MinHashBits, hasChain ? MaxChainedHashBits : MaxHashBits);
        heads = ArrayPool<ushort>.Shared.Rent(1 << hashBits);
        Heads.Clear();
        if (!hasChain) return;
        chain = ArrayPool<ushort>.Shared.Rent(window);
        Chain.Clear();
    }

    /// <summary>Adds as much of a message as there is room for, which is all of it if it is no longer than the window.</summary>
    /// <param name="message">What was added is cut off.</param>
    /// <returns>Where it begins in <see cref="Bytes"/>.</returns>
    internal int Add(ref ReadOnlySpan<byte> message)
    {
        int added = Math.Min(message.Length, window);
        if (added > bytes!.Length - count) MoveDown();
        int start = count;
        message[..added].CopyTo(bytes.AsSpan(start));
        message = message[added..];
        count += added;
        return start;
    }

    /// <summary>Forgets everything and gives it back.</summary>
    internal void Give()
    {
        if (bytes is not null) ArrayPool<byte>.Shared.Return(bytes);
        if (heads is not null) ArrayPool<ushort>.Shared.Return(heads);
        if (chain is not null) ArrayPool<ushort>.Shared.Return(chain);
        (bytes, heads, chain, count, moved) = (null, null, null, 0, 0);
    }

    // The pool's arrays are as long as asked for when that is a power of two.
    void Grow(int needed)
    {
        if (bytes is not null && bytes.Length >= needed) return;
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(needed, LeastBytes)));
        if (bytes is not null)
        {
            Bytes.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
        }
        bytes = larger;
    }

    // The last window of bytes stays.
    void MoveDown()
    {
        int by = count - window;
        bytes.AsSpan(by, window).CopyTo(bytes);
        count = window;
        moved += (uint)by;
        var step = new Vector<ushort>((ushort)by);
        foreach (ref Vector<ushort> places in MemoryMarshal.Cast<ushort, Vector<ushort>>(Heads)) places = Vector.Max(places, step) - step;
    }
}
