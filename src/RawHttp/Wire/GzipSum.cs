using System.Buffers.Binary;

namespace RawHttp.Wire;

/// <summary>
/// What the end of a gzip stream has to know of one piece of its content. It is found once, and added to the sum of every stream that the piece
/// goes into (<see cref="GzipTrailer"/>), whatever stands before it there.
/// </summary>
/// <param name="Crc">The piece's CRC-32. RFC 1952 §8.</param>
/// <param name="Length">Bytes of the piece, before it was compressed.</param>
/// <param name="Factor">What the CRC of all that stands before the piece is multiplied by.</param>
public readonly record struct GzipSum(uint Crc, int Length, uint Factor)
{
    /// <summary>Bytes that <see cref="Write"/> writes.</summary>
    public const int Bytes = 12;

    /// <summary>The sum of a piece.</summary>
    public static GzipSum Of(ReadOnlySpan<byte> piece) => new(Crc32.Of(piece), piece.Length, Crc32.FactorOf(piece.Length));

    /// <summary>Writes it, to be kept beside the piece.</summary>
    /// <param name="into">At least <see cref="Bytes"/> bytes.</param>
    public void Write(Span<byte> into)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(into, Crc);
        BinaryPrimitives.WriteInt32LittleEndian(into[4..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(into[8..], Factor);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static GzipSum Read(ReadOnlySpan<byte> written) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(written),
        BinaryPrimitives.ReadInt32LittleEndian(written[4..]),
        BinaryPrimitives.ReadUInt32LittleEndian(written[8..]));
}
