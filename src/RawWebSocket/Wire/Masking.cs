using System.Buffers.Binary;
using System.Numerics;

namespace RawWebSocket.Wire;

/// <summary>The XOR of a client's payload. RFC 6455 §5.3.</summary>
public static class Masking
{
    /// <summary>XORs <paramref name="payload"/> in place; doing it twice undoes it.</summary>
    /// <param name="payload">A piece of one frame's payload.</param>
    /// <param name="key">The four key bytes, first one lowest (as <see cref="FrameHeader"/> holds them).</param>
    /// <param name="offset">How many bytes of this frame came before <paramref name="payload"/>.</param>
    public static void Apply(Span<byte> payload, uint key, long offset)
    {
        key = BitOperations.RotateRight(key, (int)(offset & 3) * 8);
        int i = 0;
        if (BitConverter.IsLittleEndian)
        {
            var wide = Vector.AsVectorByte(new Vector<uint>(key)); // Vector<byte>.Count is a multiple of 4
            for (; i <= payload.Length - Vector<byte>.Count; i += Vector<byte>.Count)
                (new Vector<byte>(payload[i..]) ^ wide).CopyTo(payload[i..]);
        }
        ulong twice = key * 0x1_0000_0001UL;
        for (; i <= payload.Length - sizeof(ulong); i += sizeof(ulong))
            BinaryPrimitives.WriteUInt64LittleEndian(payload[i..], BinaryPrimitives.ReadUInt64LittleEndian(payload[i..]) ^ twice);
        for (; i < payload.Length; i++) payload[i] ^= (byte)(key >> ((i & 3) * 8));
    }
}
