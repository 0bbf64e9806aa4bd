using System.Buffers.Binary;

namespace RawWebSocket.Deflate;

/// <summary>Packs bits into bytes, the lowest first. RFC 1951 §3.1.1. There must be 8 bytes of room behind what is written.</summary>
/// <param name="output">Where to.</param>
ref struct BitWriter(Span<byte> output)
{
    readonly Span<byte> output = output;
    ulong bits; // of the byte that is not yet full
    int held, at;

    /// <summary>Whole bytes written so far; all of them after <see cref="Align"/>.</summary>
    internal readonly int Length => at;

    /// <summary>Writes up to 56 bits.</summary>
    internal void Put(ulong value, int count)
    {
        bits |= value << held;
        held += count;
        BinaryPrimitives.WriteUInt64LittleEndian(output[at..], bits); // more than is there; what follows is written over it
        at += held >> 3;
        bits >>= held & ~7;
        held &= 7;
    }

    /// <summary>Fills up to the next byte with zeros.</summary>
    internal void Align() => Put(0, -held & 7);

    /// <summary>Writes bytes as they are; <see cref="Align"/> comes before.</summary>
    internal void PutBytes(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output[at..]);
        at += bytes.Length;
    }
}
