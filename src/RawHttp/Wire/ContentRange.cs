using System.Buffers.Text;

namespace RawHttp.Wire;

/// <summary>Writes the value of Content-Range. RFC 9110 §14.4: <c>Content-Range = range-unit SP ( range-resp / unsatisfied-range )</c></summary>
public static class ContentRange
{
    /// <summary>Most bytes that a value takes.</summary>
    public const int MaxLength = 6 + 19 + 1 + 19 + 1 + 19;

    /// <summary>Writes <c>bytes 0-499/1234</c>.</summary>
    /// <param name="into">Room for <see cref="MaxLength"/> bytes.</param>
    /// <param name="range">The bytes that are sent.</param>
    /// <param name="length">Bytes of the whole representation.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">There is no room.</exception>
    public static int Write(Span<byte> into, ByteRange range, long length)
    {
        int at = Begin(into);
        at += Number(into[at..], range.First);
        into[at++] = (byte)'-';
        at += Number(into[at..], range.Last);
        into[at++] = (byte)'/';
        return at + Number(into[at..], length);
    }

    /// <summary>Writes <c>bytes */1234</c>, for 416. RFC 9110 §15.5.17.</summary>
    /// <param name="into">Room for <see cref="MaxLength"/> bytes.</param>
    /// <param name="length">Bytes of the whole representation.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">There is no room.</exception>
    public static int WriteUnsatisfied(Span<byte> into, long length)
    {
        int at = Begin(into);
        "*/"u8.CopyTo(into[at..]);
        return at + 2 + Number(into[(at + 2)..], length);
    }

    static int Begin(Span<byte> into)
    {
        if (into.Length < MaxLength) throw new ArgumentException("There is no room for the range.", nameof(into));
        "bytes "u8.CopyTo(into);
        return 6;
    }

    static int Number(Span<byte> into, long number)
    {
        Utf8Formatter.TryFormat(number, into, out int written);
        return written;
    }
}
