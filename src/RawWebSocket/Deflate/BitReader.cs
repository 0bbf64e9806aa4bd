using System.Buffers.Binary;

namespace RawWebSocket.Deflate;

/// <summary>Bits that were taken from the input and not spent, the next one lowest. RFC 1951 §3.1.1.</summary>
/// <param name="bits">The bits; none are set above <paramref name="held"/>.</param>
/// <param name="held">How many they are.</param>
struct BitReader(ulong bits, int held)
{
    /// <summary>The bits.</summary>
    internal ulong Bits { get; private set; } = bits;

    /// <summary>How many they are.</summary>
    internal int Held { get; private set; } = held;

    /// <summary>Takes bytes until there are at least so many bits.</summary>
    /// <param name="count">At most 56.</param>
    /// <param name="input">What was taken is cut off.</param>
    /// <returns>False when the input ends before.</returns>
    internal bool Need(int count, ref ReadOnlySpan<byte> input)
    {
        if (Held >= count) return true;
        if (input.Length >= sizeof(ulong))
        {
            int taken = (63 - Held) >> 3;
            Bits |= (BinaryPrimitives.ReadUInt64LittleEndian(input) & ((1ul << (8 * taken)) - 1)) << Held;
            Held += 8 * taken;
            input = input[taken..];
            return true;
        }
        while (Held < count)
        {
            if (input.IsEmpty) return false;
            Bits |= (ulong)input[0] << Held;
            Held += 8;
            input = input[1..];
        }
        return true;
    }

    /// <summary>Spends bits.</summary>
    internal void Drop(int count)
    {
        Bits >>= count;
        Held -= count;
    }

    /// <summary>Spends what is left of a byte.</summary>
    internal void Align() => Drop(Held & 7);

    /// <summary>Bits behind others, which stay.</summary>
    internal readonly int At(int skip, int count) => (int)(Bits >> skip) & ((1 << count) - 1);
}
