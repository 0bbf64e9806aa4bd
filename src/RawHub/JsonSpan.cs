using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace RawHub;

/// <summary>Writes JSON text (RFC 8259) into a span that is known to be large enough. Allocates nothing.</summary>
internal ref struct JsonSpan(Span<byte> into)
{
    /// <summary>Bytes that one byte of text can become: <c>\u0000</c>.</summary>
    const int Widest = 6;

    // Relaxed: what is not special in JSON stays as it is. Our answers are JSON or event streams, never HTML.
    static readonly JavaScriptEncoder Escaping = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    readonly Span<byte> into = into;

    /// <summary>Bytes written so far.</summary>
    internal int Length { get; private set; }

    /// <summary>Bytes that <see cref="String(ReadOnlySpan{byte})"/> needs at most.</summary>
    internal static int MaxLengthOf(ReadOnlySpan<byte> utf8) =>
        2 + (Escaping.FindFirstCharacterToEncodeUtf8(utf8) < 0 ? utf8.Length : checked(utf8.Length * Widest));

    /// <summary>Bytes that a string of <paramref name="text"/> needs at most.</summary>
    internal static int MaxLengthOf(ReadOnlySpan<char> text) => 2 + text.Length * Widest;

    internal static int LengthOfBase64(int bytes) => 2 + Base64.GetMaxEncodedToUtf8Length(bytes);

    internal void Raw(scoped ReadOnlySpan<byte> json)
    {
        json.CopyTo(into[Length..]);
        Length += json.Length;
    }

    internal void String(scoped ReadOnlySpan<byte> utf8)
    {
        Raw("\""u8);
        Escaping.EncodeUtf8(utf8, into[Length..], out _, out int written);
        Length += written;
        Raw("\""u8);
    }

    internal void String(scoped ReadOnlySpan<char> text)
    {
        Span<byte> utf8 = stackalloc byte[text.Length * 3];
        Utf8.FromUtf16(text, utf8, out _, out int written);
        String(utf8[..written]);
    }

    internal void Base64String(scoped ReadOnlySpan<byte> bytes)
    {
        Raw("\""u8);
        Base64.EncodeToUtf8(bytes, into[Length..], out _, out int written);
        Length += written;
        Raw("\""u8);
    }

    internal void Id(MessageId id)
    {
        Raw("\""u8);
        Length += id.Format(into[Length..]);
        Raw("\""u8);
    }

    internal void Time(long unixMs)
    {
        Raw("\""u8);
        Rfc3339.Format(unixMs, into[Length..]);
        Length += Rfc3339.Length;
        Raw("\""u8);
    }
}
