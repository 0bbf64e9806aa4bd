using System.Buffers.Binary;

namespace RawHttp.Wire;

/// <summary>
/// The frame of a gzip stream that is made of pieces. RFC 1952 §2.2: <see cref="Header"/>, DEFLATE blocks, <see cref="GzipTrailer"/>. Each piece
/// ends at a byte, so that the next may follow at once, and a reader has all of it as soon as its last byte has come.
/// </summary>
public static class GzipWriter
{
    const int MaxStored = 65_535, StoredHeadBytes = 5; // RFC 1951 §3.2.4

    /// <summary>RFC 1952 §2.3.1: DEFLATE, no flags, no time, of no known system.</summary>
    public static ReadOnlySpan<byte> Header => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];

    /// <summary>
    /// What follows the three bits of an empty stored block (RFC 1951 §3.2.4), up to the byte: a reader that has these has decoded everything
    /// before. RFC 7692 §7.2.1 leaves them out at the end of a message; here they are needed.
    /// </summary>
    public static ReadOnlySpan<byte> FlushEnd => [0, 0, 0xFF, 0xFF];

    /// <summary>Bytes that a piece takes when it is stored as it is. It needs no flush: a stored block ends at a byte by itself.</summary>
    /// <param name="length">Bytes of the piece.</param>
    public static int StoredLength(int length) => checked(length + StoredHeadBytes * ((length + MaxStored - 1) / MaxStored));

    /// <summary>Writes a piece as stored blocks, none of them the last. RFC 1951 §3.2.4.</summary>
    /// <param name="into">Room for <see cref="StoredLength"/> bytes.</param>
    /// <param name="piece">The piece.</param>
    /// <returns>How many bytes were written.</returns>
    public static int WriteStored(Span<byte> into, ReadOnlySpan<byte> piece)
    {
        int at = 0;
        while (!piece.IsEmpty)
        {
            int length = Math.Min(piece.Length, MaxStored);
            into[at] = 0;
            BinaryPrimitives.WriteUInt16LittleEndian(into[(at + 1)..], (ushort)length);
            BinaryPrimitives.WriteUInt16LittleEndian(into[(at + 3)..], (ushort)~length);
            piece[..length].CopyTo(into[(at + StoredHeadBytes)..]);
            at += StoredHeadBytes + length;
            piece = piece[length..];
        }
        return at;
    }
}
