namespace RawHttp.Wire;

/// <summary>Writes chunks. RFC 9112 §7.1: <c>chunk = chunk-size [ chunk-ext ] CRLF chunk-data CRLF</c></summary>
public static class ChunkWriter
{
    /// <summary>Most bytes in front of a chunk's data.</summary>
    public const int MaxHeadBytes = 10;

    /// <summary>RFC 9112 §7.1: <c>last-chunk = 1*("0") [ chunk-ext ] CRLF</c>, and an empty trailer section behind it.</summary>
    public static ReadOnlySpan<byte> LastChunk => "0\r\n\r\n"u8;

    /// <summary>What follows the data of a chunk.</summary>
    public static ReadOnlySpan<byte> End => "\r\n"u8;

    /// <summary>How many bytes a chunk takes.</summary>
    /// <param name="dataLength">Bytes of data, at least 1.</param>
    public static int FramedLength(int dataLength) => DigitsOf(dataLength) + 2 + dataLength + 2;

    /// <summary>Writes what stands in front of the data: the size and CRLF.</summary>
    /// <param name="into">Room for it, <see cref="MaxHeadBytes"/> at most.</param>
    /// <param name="dataLength">Bytes of data, at least 1: a chunk of none would end the content.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no data.</exception>
    /// <exception cref="ArgumentException">There is no room.</exception>
    public static int WriteHead(Span<byte> into, int dataLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dataLength, 1);
        int digits = DigitsOf(dataLength);
        if (into.Length < digits + 2) throw new ArgumentException("There is no room for the chunk.", nameof(into));
        for (int i = digits - 1, rest = dataLength; i >= 0; i--, rest >>= 4) into[i] = "0123456789abcdef"u8[rest & 15];
        "\r\n"u8.CopyTo(into[digits..]);
        return digits + 2;
    }

    /// <summary>Writes a whole chunk.</summary>
    /// <param name="into">Room for <see cref="FramedLength"/> bytes.</param>
    /// <param name="data">At least one byte.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no data.</exception>
    /// <exception cref="ArgumentException">There is no room.</exception>
    public static int Write(Span<byte> into, ReadOnlySpan<byte> data)
    {
        int head = WriteHead(into, data.Length);
        if (into.Length < head + data.Length + 2) throw new ArgumentException("There is no room for the chunk.", nameof(into));
        data.CopyTo(into[head..]);
        End.CopyTo(into[(head + data.Length)..]);
        return head + data.Length + 2;
    }

    /// <summary>How many bytes the last chunk takes with these trailers.</summary>
    /// <param name="trailerBytes">Bytes of the field lines, each with its CRLF.</param>
    internal static int LastLength(int trailerBytes) => LastChunk.Length + trailerBytes;

    /// <summary>RFC 9112 §7.1: <c>last-chunk trailer-section CRLF</c></summary>
    /// <param name="into">Room for <see cref="LastLength"/> bytes.</param>
    /// <param name="trailerLines">Field lines that <see cref="FieldLineWriter"/> wrote; none for no trailers.</param>
    internal static void WriteLast(Span<byte> into, ReadOnlySpan<byte> trailerLines)
    {
        int head = LastChunk.Length - End.Length;
        LastChunk[..head].CopyTo(into);
        trailerLines.CopyTo(into[head..]);
        End.CopyTo(into[(head + trailerLines.Length)..]);
    }

    static int DigitsOf(int length) => (35 - System.Numerics.BitOperations.LeadingZeroCount((uint)length | 1)) / 4;
}
