using System.Buffers.Binary;

namespace RawHttp.Wire;

/// <summary>The sum of a gzip stream as it grows, eight bytes of memory, and the end that tells it. RFC 1952 §2.3.1.</summary>
public struct GzipTrailer
{
    uint crc, length;

    /// <summary>Bytes of the end: an empty last block (RFC 1951 §3.2.6), CRC32 and ISIZE.</summary>
    public const int Bytes = 10;

    /// <summary>The CRC-32 of all pieces so far.</summary>
    public readonly uint Crc => crc;

    /// <summary>Bytes of all pieces so far, before compression, modulo 2³²: ISIZE.</summary>
    public readonly uint Length => length;

    /// <summary>A piece was sent.</summary>
    /// <param name="piece">Its sum.</param>
    public void Add(in GzipSum piece)
    {
        crc = Crc32.Multiply(crc, piece.Factor) ^ piece.Crc;
        length = unchecked(length + (uint)piece.Length);
    }

    /// <summary>Writes the end of the stream.</summary>
    /// <param name="into">At least <see cref="Bytes"/> bytes.</param>
    public readonly void Write(Span<byte> into)
    {
        into[0] = 0b011; // BFINAL, fixed codes, and the seven zeros of the end of the block
        into[1] = 0;
        BinaryPrimitives.WriteUInt32LittleEndian(into[2..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(into[6..], length);
    }
}
