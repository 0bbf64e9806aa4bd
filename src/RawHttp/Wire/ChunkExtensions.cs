namespace RawHttp.Wire;

/// <summary>
/// Reads what stands between a chunk's size and its CR, judges it by its grammar and drops it. RFC 9112 §7.1.1:
/// <c>chunk-ext = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )</c>,
/// <c>chunk-ext-name = token</c>, <c>chunk-ext-val = token / quoted-string</c>.
/// White space is allowed only where the grammar goes on behind it, so never at the end of the line.
/// </summary>
struct ChunkExtensions
{
    /// <summary>What was read last. Each name is a place in the grammar.</summary>
    enum Place : byte
    {
        /// <summary>The size, or a whole extension: CR, white space or a semicolon may follow.</summary>
        Whole,

        /// <summary>White space behind those: only a semicolon may follow.</summary>
        WholeAndSpace,

        /// <summary>A semicolon: white space or a name follows.</summary>
        Semicolon,

        /// <summary>A character of a name: CR, semicolon, white space, equals or more of it.</summary>
        Name,

        /// <summary>White space behind a name: an equals sign or a semicolon follows.</summary>
        NameAndSpace,

        /// <summary>An equals sign: white space or a value follows.</summary>
        EqualsSign,

        /// <summary>A character of a token as a value.</summary>
        Value,

        /// <summary>Within a quoted string.</summary>
        Quoted,

        /// <summary>A backslash within a quoted string.</summary>
        Backslash,

        /// <summary>The CR that ends the line.</summary>
        End,
    }

    Place place;

    /// <summary>Whether the CR was read.</summary>
    internal readonly bool IsAtEnd => place == Place.End;

    /// <summary>Takes one byte; false when the grammar has no place for it.</summary>
    internal bool Take(byte next)
    {
        Place? after = place switch
        {
            Place.Whole => AfterWhole(next),
            Place.WholeAndSpace => IsSpace(next) ? place : next == ';' ? Place.Semicolon : null,
            Place.Semicolon => IsSpace(next) ? place : IsTokenCharacter(next) ? Place.Name : null,
            Place.Name => IsTokenCharacter(next) ? place : next == '=' ? Place.EqualsSign : IsSpace(next) ? Place.NameAndSpace : AfterWhole(next),
            Place.NameAndSpace => IsSpace(next) ? place : next == '=' ? Place.EqualsSign : next == ';' ? Place.Semicolon : null,
            Place.EqualsSign => IsSpace(next) ? place : next == '"' ? Place.Quoted : IsTokenCharacter(next) ? Place.Value : null,
            Place.Value => IsTokenCharacter(next) ? place : AfterWhole(next),
            Place.Quoted => next == '"' ? Place.Whole : next == '\\' ? Place.Backslash : HttpGrammar.IsQuotedText(next) ? place : null,
            Place.Backslash => HttpGrammar.IsQuotedPairTail(next) ? Place.Quoted : null,
            _ => null,
        };
        place = after ?? place;
        return after is not null;
    }

    static Place? AfterWhole(byte next) => next switch
    {
        (byte)'\r' => Place.End,
        (byte)';' => Place.Semicolon,
        (byte)' ' or (byte)'\t' => Place.WholeAndSpace,
        _ => null,
    };

    static bool IsSpace(byte next) => HttpGrammar.IsOws(next);

    static bool IsTokenCharacter(byte next) => HttpGrammar.TokenCharacters.Contains(next);
}
