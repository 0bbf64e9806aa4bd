using System.Text;

namespace RawHttp.Wire;

/// <summary>
/// One field line on its own; the same rules for the fields of requests, of responses and of trailers.
/// RFC 9112 §5: <c>field-line = field-name ":" OWS field-value OWS</c>
/// </summary>
static class FieldLineRules
{
    /// <summary>Takes <paramref name="line"/> apart.</summary>
    /// <param name="line">The line without its CRLF, not empty.</param>
    /// <param name="name">Where the name lies in the line.</param>
    /// <param name="value">Where the value lies, white space taken off both ends.</param>
    /// <returns>None, or the first rule that is broken.</returns>
    internal static HttpFault Read(ReadOnlySpan<byte> line, out Piece name, out Piece value)
    {
        name = value = default;
        int colon = line.IndexOfAnyExcept(HttpGrammar.TokenCharacters);                   // RFC 9110 §5.1: field-name = token
        if (colon <= 0 || line[colon] != ':') return FaultOfName(line);
        name = new(0, colon);
        if (LooksLikeFraming(name.Of(line))) return HttpFault.FramingLookalike;           // RFC 3875 §4.1.18
        ReadOnlySpan<byte> rest = line[(colon + 1)..];
        if (rest.ContainsAnyExcept(HttpGrammar.FieldValueCharacters)) return HttpFault.BadFieldValue; // RFC 9110 §5.5
        value = HttpGrammar.WithoutOws(rest).Moved(colon + 1);
        return HttpFault.None;
    }

    // What is in the place of a token and its colon.
    static HttpFault FaultOfName(ReadOnlySpan<byte> line)
    {
        if (HttpGrammar.IsOws(line[0])) return HttpFault.FoldedField;                     // RFC 9112 §5.2
        int colon = line.IndexOf((byte)':');
        if (colon < 0) return HttpFault.FieldWithoutColon;                                // RFC 9112 §5
        return colon > 0 && HttpGrammar.IsOws(line[colon - 1]) ? HttpFault.SpaceBeforeColon // RFC 9112 §5.1
            : HttpFault.BadFieldName;                                                     // RFC 9110 §5.1
    }

    static bool LooksLikeFraming(ReadOnlySpan<byte> name) => name.Length switch
    {
        14 => name[7] == '_' && Ascii.EqualsIgnoreCase(name[..7], "content"u8) && Ascii.EqualsIgnoreCase(name[8..], "length"u8),
        17 => name[8] == '_' && Ascii.EqualsIgnoreCase(name[..8], "transfer"u8) && Ascii.EqualsIgnoreCase(name[9..], "encoding"u8),
        _ => false,
    };
}
