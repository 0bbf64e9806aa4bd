namespace RawHttp.Wire;

/// <summary>Percent-encoding, decoded once and once only. RFC 3986 §2.1: <c>pct-encoded = "%" HEXDIG HEXDIG</c></summary>
public static class PercentDecoder
{
    /// <summary>Whether every percent sign is followed by two hexadecimal digits.</summary>
    /// <param name="text">Encoded text.</param>
    public static bool IsWellFormed(ReadOnlySpan<byte> text)
    {
        for (int at = text.IndexOf((byte)'%'); at >= 0; at = text.IndexOf((byte)'%'))
        {
            if (ValueAt(text, at) < 0) return false;
            text = text[(at + 3)..];
        }
        return true;
    }

    /// <summary>Whether an escape stands for a control character, NUL and DEL among them. RFC 5234 §B.1: <c>CTL</c></summary>
    /// <param name="text">Encoded text, well-formed.</param>
    public static bool HidesControl(ReadOnlySpan<byte> text)
    {
        for (int at = text.IndexOf((byte)'%'); at >= 0; at = text.IndexOf((byte)'%'))
        {
            if (ValueAt(text, at) is < 0x20 or 0x7F) return true;
            text = text[(at + 3)..];
        }
        return false;
    }

    /// <summary>Decodes <paramref name="text"/>. The result may hold any byte, a NUL or a slash too: judge it after decoding, never before.</summary>
    /// <param name="text">Encoded text.</param>
    /// <param name="plusIsSpace">True in a form's query (WHATWG URL, application/x-www-form-urlencoded), false in a path.</param>
    /// <param name="into">Room for the result, which is never longer than <paramref name="text"/>.</param>
    /// <param name="written">Length of the result in bytes.</param>
    /// <returns>None, or <see cref="HttpFault.BadEscape"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="into"/> is shorter than <paramref name="text"/>.</exception>
    public static HttpFault Decode(ReadOnlySpan<byte> text, bool plusIsSpace, Span<byte> into, out int written)
    {
        if (into.Length < text.Length) throw new ArgumentException("Shorter than the text.", nameof(into));
        written = 0;
        for (int at = 0; at < text.Length; at++)
        {
            int value = text[at];
            if (value == '%')
            {
                value = ValueAt(text, at);
                if (value < 0) return HttpFault.BadEscape;
                at += 2;
            }
            else if (value == '+' && plusIsSpace)
            {
                value = ' ';
            }
            into[written++] = (byte)value;
        }
        return HttpFault.None;
    }

    static int ValueAt(ReadOnlySpan<byte> text, int percent)
    {
        if (text.Length - percent < 3) return -1;
        int high = HttpGrammar.HexValue(text[percent + 1]), low = HttpGrammar.HexValue(text[percent + 2]);
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }
}
