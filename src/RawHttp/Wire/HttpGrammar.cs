using System.Buffers;

namespace RawHttp.Wire;

/// <summary>
/// The characters of HTTP, one set per production, each under its ABNF.
/// To validate is to ask <c>ContainsAnyExcept</c>, which is short and vectorised at once.
/// </summary>
public static class HttpGrammar
{
    const string Alpha = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const string Digit = "0123456789";
    const string Unreserved = Alpha + Digit + "-._~";
    const string SubDelims = "!$&'()*+,;=";

    /// <summary>RFC 9110 §5.6.2: <c>tchar = "!" / "#" / "$" / "%" / "&amp;" / "'" / "*" / "+" / "-" / "." / "^" / "_" / "`" / "|" / "~" / DIGIT / ALPHA</c></summary>
    internal static readonly SearchValues<byte> TokenCharacters = Set("!#$%&'*+-.^_`|~" + Digit + Alpha);

    /// <summary>RFC 9110 §5.5: <c>field-content = field-vchar [ 1*( SP / HTAB / field-vchar ) field-vchar ]</c>, <c>field-vchar = VCHAR / obs-text</c></summary>
    internal static readonly SearchValues<byte> FieldValueCharacters = Where(b => b is 0x09 or (>= 0x20 and <= 0x7E) or >= 0x80);

    /// <summary>RFC 3986 §3.3: <c>pchar = unreserved / pct-encoded / sub-delims / ":" / "@"</c>, here with the <c>"/"</c> between segments.</summary>
    internal static readonly SearchValues<byte> PathCharacters = Set(Unreserved + SubDelims + ":@%/");

    /// <summary>
    /// RFC 3986 §3.4: <c>query = *( pchar / "/" / "?" )</c>; with the eight characters that browsers do not encode
    /// in a query (WHATWG URL, "query percent-encode set") and that mean nothing to anyone.
    /// </summary>
    internal static readonly SearchValues<byte> QueryCharacters = Set(Unreserved + SubDelims + ":@%/?" + "[]{}|\\^`");

    /// <summary>
    /// RFC 3986 §3.2.2: <c>reg-name = *( unreserved / pct-encoded / sub-delims )</c>, of which we take unreserved only:
    /// no name in use needs the rest, and a comma in Host is a list in disguise.
    /// </summary>
    internal static readonly SearchValues<byte> HostCharacters = Set(Unreserved);

    /// <summary>RFC 3986 §3.2.2: <c>IP-literal = "[" ( IPv6address / IPvFuture ) "]"</c>; the characters of an IPv6address.</summary>
    internal static readonly SearchValues<byte> Ip6Characters = Set(Digit + "abcdefABCDEF:.");

    /// <summary>RFC 5234 §B.1: <c>DIGIT = %x30-39</c></summary>
    internal static readonly SearchValues<byte> Digits = Set(Digit);

    /// <summary>RFC 9112 §4: <c>reason-phrase = 1*( HTAB / SP / VCHAR / obs-text )</c>, the same as a field value.</summary>
    internal static SearchValues<byte> ReasonCharacters => FieldValueCharacters;

    /// <summary>RFC 9110 §5.6.2: <c>token = 1*tchar</c></summary>
    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenCharacters);

    /// <summary>RFC 9110 §5.6.3: <c>OWS = *( SP / HTAB )</c>, taken off both ends.</summary>
    public static Piece WithoutOws(ReadOnlySpan<byte> text)
    {
        int start = 0, end = text.Length;
        while (start < end && IsOws(text[start])) start++;
        while (end > start && IsOws(text[end - 1])) end--;
        return new(start, end - start);
    }

    /// <summary>RFC 9110 §5.6.3: <c>SP / HTAB</c></summary>
    internal static bool IsOws(byte character) => character is (byte)' ' or (byte)'\t';

    /// <summary>RFC 9110 §5.6.4: <c>qdtext = HTAB / SP / %x21 / %x23-5B / %x5D-7E / obs-text</c></summary>
    public static bool IsQuotedText(byte character) => character is 0x09 or 0x20 or 0x21 or (>= 0x23 and <= 0x5B) or (>= 0x5D and <= 0x7E) or >= 0x80;

    /// <summary>RFC 9110 §5.6.4: <c>quoted-pair = "\" ( HTAB / SP / VCHAR / obs-text )</c>, what follows the backslash.</summary>
    public static bool IsQuotedPairTail(byte character) => character is 0x09 or (>= 0x20 and <= 0x7E) or >= 0x80;

    /// <summary>RFC 5234 §B.1: <c>HEXDIG</c>, either case; -1 when it is none.</summary>
    internal static int HexValue(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        _ => -1,
    };

    static SearchValues<byte> Set(string characters)
    {
        byte[] bytes = new byte[characters.Length];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = checked((byte)characters[i]);
        return SearchValues.Create(bytes);
    }

    static SearchValues<byte> Where(Func<byte, bool> belongs)
    {
        var bytes = new List<byte>();
        for (int b = 0; b <= byte.MaxValue; b++)
            if (belongs((byte)b)) bytes.Add((byte)b);
        return SearchValues.Create(bytes.ToArray());
    }
}
