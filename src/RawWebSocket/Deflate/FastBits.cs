using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace RawWebSocket.Deflate;

/// <summary>
/// A <see cref="BitReader"/> for loops: it takes eight bytes at once and gives back what it did not need. One symbol with all that belongs to it has at
/// most 15 + 5 + 15 + 13 bits, fewer than a refill brings while there is input.
/// </summary>
struct FastBits(BitReader reader)
{
    /// <summary>The bits; above those that are held, what comes next or zeros.</summary>
    internal ulong Bits { get; private set; } = reader.Bits;

    /// <summary>How many are held.</summary>
    internal int Held { get; private set; } = reader.Held;

    /// <summary>Takes input until there are 56 bits or more, or nothing is left of it.</summary>
    /// <param name="input">The input.</param>
    /// <param name="at">How much of it was taken.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Refill(ReadOnlySpan<byte> input, ref int at)
    {
        if (at <= input.Length - sizeof(ulong))
        {
            Bits |= BinaryPrimitives.ReadUInt64LittleEndian(input[at..]) << Held; // bits of a byte that is not taken come again, the same
            at += (63 - Held) >> 3;
            Held |= 56;
            return;
        }
        for (; Held < 56 && at < input.Length; Held += 8) Bits |= (ulong)input[at++] << Held;
    }

    /// <summary>Spends bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Drop(int count)
    {
        Bits >>= count;
        Held -= count;
    }

    /// <summary>Gives whole bytes that were taken too early back.</summary>
    /// <param name="input">The input; what was spent is cut off.</param>
    /// <param name="at">How much of it was taken.</param>
    internal readonly BitReader End(ref ReadOnlySpan<byte> input, int at)
    {
        int early = Math.Min(Held >> 3, at), kept = Held - (early << 3);
        input = input[(at - early)..];
        return new(Bits & ((1ul << kept) - 1), kept);
    }
}
