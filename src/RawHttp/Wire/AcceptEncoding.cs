using System.Text;

namespace RawHttp.Wire;

/// <summary>The content codings that files are kept in. RFC 9110 §8.4.1.</summary>
public enum ContentCoding : byte
{
    /// <summary>As it is. RFC 9110 §12.5.3.</summary>
    Identity,

    /// <summary>RFC 9110 §8.4.1.3.</summary>
    Gzip,

    /// <summary>RFC 7932 §13: <c>br</c>.</summary>
    Brotli,
}

/// <summary>
/// How much a client likes each coding, in thousandths. RFC 9110 §12.5.3:
/// <c>Accept-Encoding = #( codings [ weight ] )</c>, <c>codings = content-coding / "identity" / "*"</c>
/// </summary>
/// <param name="Identity">Weight of no coding at all.</param>
/// <param name="Gzip">Weight of gzip.</param>
/// <param name="Brotli">Weight of br.</param>
public readonly record struct AcceptEncoding(int Identity, int Gzip, int Brotli)
{
    const int Unlisted = -1;

    /// <summary>Reads the field over all its lines. A member that breaks the grammar does not count. Without the field nothing but identity is wished for.</summary>
    /// <param name="fields">The fields of a request.</param>
    public static AcceptEncoding Read(FieldLines fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        int identity = Unlisted, gzip = Unlisted, brotli = Unlisted, any = Unlisted;
        foreach (ReadOnlySpan<byte> member in fields.Members("accept-encoding"u8))
        {
            if (!TryReadMember(member, out ReadOnlySpan<byte> coding, out int weight)) continue;
            if (coding.SequenceEqual("*"u8)) any = weight;
            else if (Ascii.EqualsIgnoreCase(coding, "identity"u8)) identity = weight;
            else if (Ascii.EqualsIgnoreCase(coding, "gzip"u8) || Ascii.EqualsIgnoreCase(coding, "x-gzip"u8)) gzip = weight; // §8.4.1.3
            else if (Ascii.EqualsIgnoreCase(coding, "br"u8)) brotli = weight;
        }
        return new(OrAny(identity, any), OrAny(gzip, any), OrAny(brotli, any));
    }

    /// <summary>
    /// The coding to answer in: the one liked best; of those liked equally the smallest, br before gzip before identity.
    /// When nothing there is acceptable it is identity: an answer is more use than 406 (RFC 9110 §12.5.3 leaves it to the server).
    /// </summary>
    /// <param name="hasGzip">Whether there is one in gzip.</param>
    /// <param name="hasBrotli">Whether there is one in br.</param>
    public ContentCoding Choose(bool hasGzip, bool hasBrotli)
    {
        int gzip = hasGzip ? Gzip : 0, brotli = hasBrotli ? Brotli : 0;
        if (brotli > 0 && brotli >= gzip && brotli >= Identity) return ContentCoding.Brotli;
        return gzip > 0 && gzip >= Identity ? ContentCoding.Gzip : ContentCoding.Identity;
    }

    // RFC 9110 §12.5.3: "*" stands for every coding that is not listed. What neither lists is not wished for; identity is then still the way out.
    static int OrAny(int weight, int any) => weight != Unlisted ? weight : Math.Max(any, 0);

    static bool TryReadMember(ReadOnlySpan<byte> member, out ReadOnlySpan<byte> coding, out int weight)
    {
        weight = 1000;
        int semicolon = member.IndexOf((byte)';');
        ReadOnlySpan<byte> name = semicolon < 0 ? member : member[..semicolon];
        coding = HttpGrammar.WithoutOws(name).Of(name);
        if (!HttpGrammar.IsToken(coding)) return false;
        return semicolon < 0 || Weights.TryRead(member[(semicolon + 1)..], out weight);
    }
}
