using System.Buffers.Text;

namespace RawHttp.Wire;

/// <summary>
/// Writes one field line, and is the only place where the application's bytes become a head: a name that is no token, or a value
/// with CR, LF, NUL or another control, is our caller's mistake and never leaves. RFC 9110 §5.1, §5.5.
/// </summary>
static class FieldLineWriter
{
    /// <summary>How many bytes the line takes.</summary>
    internal static int LengthOf(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => name.Length + 2 + value.Length + 2;

    /// <summary>Most bytes that a line with a number takes behind its name.</summary>
    internal const int MaxNumberBytes = 2 + 20 + 2;

    /// <summary>RFC 9112 §5: <c>field-line = field-name ":" OWS field-value OWS</c></summary>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">The name is no token, the value has a control character, or there is no room.</exception>
    internal static int Write(Span<byte> into, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!HttpGrammar.IsToken(name)) throw new ArgumentException("A field name is a token (RFC 9110 §5.1).", nameof(name));
        ThrowUnlessValue(value);
        int length = LengthOf(name, value);
        if (into.Length < length) throw new ArgumentException("There is no room for the field line.", nameof(into));
        name.CopyTo(into);
        ": "u8.CopyTo(into[name.Length..]);
        value.CopyTo(into[(name.Length + 2)..]);
        "\r\n"u8.CopyTo(into[(length - 2)..]);
        return length;
    }

    /// <summary>The same for a number.</summary>
    internal static int Write(Span<byte> into, ReadOnlySpan<byte> name, long value)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out int length);
        return Write(into, name, digits[..length]);
    }

    /// <summary>The same for a name that is ours, and not judged each time; it comes with its colon and space.</summary>
    internal static int WriteOwn(Span<byte> into, ReadOnlySpan<byte> begun, ReadOnlySpan<byte> value)
    {
        ThrowUnlessValue(value);
        int length = begun.Length + value.Length + 2;
        if (into.Length < length) throw new ArgumentException("There is no room for the field line.", nameof(into));
        begun.CopyTo(into);
        value.CopyTo(into[begun.Length..]);
        "\r\n"u8.CopyTo(into[(length - 2)..]);
        return length;
    }

    /// <summary>The same for a name that is ours, and a number.</summary>
    internal static int WriteOwn(Span<byte> into, ReadOnlySpan<byte> begun, long value)
    {
        if (into.Length < begun.Length + MaxNumberBytes) throw new ArgumentException("There is no room for the field line.", nameof(into));
        begun.CopyTo(into);
        Utf8Formatter.TryFormat(value, into[begun.Length..], out int digits);
        "\r\n"u8.CopyTo(into[(begun.Length + digits)..]);
        return begun.Length + digits + 2;
    }

    static void ThrowUnlessValue(ReadOnlySpan<byte> value)
    {
        if (value.ContainsAnyExcept(HttpGrammar.FieldValueCharacters) || !value.IsEmpty && (HttpGrammar.IsOws(value[0]) || HttpGrammar.IsOws(value[^1])))
            throw new ArgumentException("A field value has no control characters, and no white space around it (RFC 9110 §5.5).", nameof(value));
    }
}
