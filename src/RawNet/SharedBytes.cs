using System.Buffers;

namespace RawNet;

/// <summary>
/// One encoding that is sent to many: a pooled block counted by its holders. The block goes back to the pool when the
/// last of them lets go. Any thread may add and release; the bytes are written once, before the first sharing.
/// </summary>
public sealed class SharedBytes
{
    static readonly BoundedPool<SharedBytes> Unused = new(8192);
    static long Rented;

    byte[] block = [];
    int length;
    int holders;

    /// <summary>Blocks rented and not yet given back, in the whole process: what a leak test looks at.</summary>
    public static long Outstanding => Interlocked.Read(ref Rented);

    /// <summary>Bytes held.</summary>
    public int Length => length;

    /// <summary>The bytes. Valid while the caller is a holder.</summary>
    public Span<byte> Span => Held().AsSpan(0, length);

    /// <summary>The bytes, for a send. Valid while the caller is a holder.</summary>
    public Memory<byte> Memory => Held().AsMemory(0, length);

    /// <summary>Rents a block of <paramref name="length"/> bytes, contents undefined, with the caller as its one holder.</summary>
    public static SharedBytes Rent(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        SharedBytes bytes = Unused.Take();
        bytes.block = length == 0 ? [] : ArrayPool<byte>.Shared.Rent(length);
        bytes.length = length;
        bytes.holders = 1;
        Interlocked.Increment(ref Rented);
        return bytes;
    }

    /// <summary>Rents a block that holds a copy of <paramref name="content"/>.</summary>
    public static SharedBytes Copy(ReadOnlySpan<byte> content)
    {
        SharedBytes bytes = Rent(content.Length);
        content.CopyTo(bytes.block);
        return bytes;
    }

    /// <summary>Makes it end after <paramref name="newLength"/> bytes: for a writer that rented for the worst case.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Longer than it is.</exception>
    /// <exception cref="ObjectDisposedException">It has no holder any more.</exception>
    public void Trim(int newLength)
    {
        Held();
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)newLength, (uint)length, nameof(newLength));
        length = newLength;
    }

    /// <summary>Adds a holder. Only a holder may call it.</summary>
    /// <exception cref="ObjectDisposedException">It has no holder any more.</exception>
    public SharedBytes AddRef()
    {
        ChangeHolders(1);
        return this;
    }

    /// <summary>Lets go. The caller must not touch the bytes afterwards.</summary>
    /// <exception cref="ObjectDisposedException">It has no holder any more.</exception>
    public void Release()
    {
        if (ChangeHolders(-1) > 0) return;
        byte[] returned = block;
        block = [];
#if DEBUG
        returned.AsSpan().Fill(0xDD); // a late reader sees poison, not another connection's bytes
#endif
        if (returned.Length > 0) ArrayPool<byte>.Shared.Return(returned);
        Interlocked.Decrement(ref Rented);
        Unused.Give(this);
    }

    // A refused change leaves the count at 0: otherwise a later one would find it alive, and give the block back twice.
    int ChangeHolders(int by)
    {
        int before = Volatile.Read(ref holders);
        while (true)
        {
            if (before <= 0) throw Gone();
            int seen = Interlocked.CompareExchange(ref holders, before + by, before);
            if (seen == before) return before + by;
            before = seen;
        }
    }

    byte[] Held() => Volatile.Read(ref holders) > 0 ? block : throw Gone();

    static ObjectDisposedException Gone() => new(nameof(SharedBytes), "The bytes were used after their last holder let go.");
}
