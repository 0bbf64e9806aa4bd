namespace RawHttp.Wire;

/// <summary>
/// The framing of several ranges in one answer: RFC 9110 §14.6, <c>multipart/byteranges</c>, by RFC 2046 §5.1.1. What stands between the parts
/// is of known length, so the whole is too.
/// </summary>
/// <param name="boundary">1 to 70 letters, digits and <c>'()+_,-./:=?</c>, that occur nowhere in the content: chosen at random by the caller.</param>
/// <param name="contentType">The media type of the representation, given with each part (RFC 9110 §15.3.7.2).</param>
/// <param name="length">Bytes of the whole representation.</param>
public readonly ref struct MultipartRanges(ReadOnlySpan<byte> boundary, ReadOnlySpan<byte> contentType, long length)
{
    readonly ReadOnlySpan<byte> boundary = boundary;
    readonly ReadOnlySpan<byte> contentType = contentType;

    /// <summary>Most bytes in front of a part.</summary>
    public int MaxPartHead => Delimiter.Length + boundary.Length + TypeName.Length + contentType.Length + RangeName.Length + ContentRange.MaxLength + 4;

    /// <summary>Bytes behind the last part.</summary>
    public int EndLength => Delimiter.Length + boundary.Length + Close.Length;

    /// <summary>The length of the whole content: all parts, and all that stands around them.</summary>
    /// <param name="ranges">The parts.</param>
    public long ContentLength(ReadOnlySpan<ByteRange> ranges)
    {
        long total = EndLength;
        Span<byte> head = stackalloc byte[MaxPartHead];
        foreach (ByteRange range in ranges) total += WritePartHead(head, range) + range.Length;
        return total;
    }

    /// <summary>Writes what stands in front of a part: the line break that belongs to the boundary, the boundary, the part's fields, an empty line.</summary>
    /// <param name="into">Room for <see cref="MaxPartHead"/> bytes.</param>
    /// <param name="range">The part.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">There is no room.</exception>
    public int WritePartHead(Span<byte> into, ByteRange range)
    {
        int at = Append(into, 0, Delimiter);
        at = Append(into, at, boundary);
        at = Append(into, at, TypeName);
        at = Append(into, at, contentType);
        at = Append(into, at, RangeName);
        at += ContentRange.Write(into[at..], range, length);
        return Append(into, at, "\r\n\r\n"u8);
    }

    /// <summary>Writes what stands behind the last part.</summary>
    /// <param name="into">Room for <see cref="EndLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">There is no room.</exception>
    public int WriteEnd(Span<byte> into)
    {
        int at = Append(into, 0, Delimiter);
        at = Append(into, at, boundary);
        return Append(into, at, Close);
    }

    static ReadOnlySpan<byte> Delimiter => "\r\n--"u8;

    static ReadOnlySpan<byte> Close => "--\r\n"u8;

    static ReadOnlySpan<byte> TypeName => "\r\nContent-Type: "u8;

    static ReadOnlySpan<byte> RangeName => "\r\nContent-Range: "u8;

    static int Append(Span<byte> into, int at, scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(into[at..]);
        return at + bytes.Length;
    }
}
