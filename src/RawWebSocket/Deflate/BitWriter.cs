using System.Buffers.Binary;

namespace RawWebSocket.Deflate;

/// <summary>Packs bits into bytes, the lowest first. RFC 1951 §3.1.1. There must be 8 bytes of room behind what is written.</summary>
/// <param name="output">Where to.</param>
ref struct BitWriter(Span<byte> output)
{
    readonly Span<byte> output = output;
    ulong bits;
    int held, at;

    /// <summary>Whole bytes written so far; all of them after <see cref="Align"/>.</summary>
    internal readonly int Length => at;

    /// <summary>Writes up to 32 bits.</summary>
    internal void Put(uint value, int count)
    {
        bits |= (ulong)value << held;
        held += count;
        if (held < 32) return;
        BinaryPrimitives.WriteUInt32LittleEndian(output[at..], (uint)bits);
        at += 4;
        bits >>= 32;
        held -= 32;
    }

    /// <summary>Fills up to the next byte with zeros.</summary>
    internal void Align()
    {
        for (; held > 0; held -= 8)
        {
            output[at++] = (byte)bits;
            bits >>= 8;
        }
        held = 0;
    }

    /// <summary>Writes bytes as they are; <see cref="Align"/> comes before.</summary>
    internal void PutBytes(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output[at..]);
        at += bytes.Length;
    }
}
