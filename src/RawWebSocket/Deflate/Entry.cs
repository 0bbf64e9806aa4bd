namespace RawWebSocket.Deflate;

/// <summary>
/// An entry of a <see cref="DecodingTable"/> in 32 bits. From below: bits that the code and what belongs to it take (6 bits), bits of the code
/// alone (4, from the ninth on), three kinds (from the thirteenth on), value (15, from the seventeenth on); the highest bit marks a byte.
/// </summary>
/// <param name="Bits">The 32 bits.</param>
readonly record struct Entry(uint Bits)
{
    const uint IsEndBit = 1 << 12, IsLinkBit = 1 << 13, IsUnknownBit = 1 << 14, IsLiteralBit = 1u << 31;

    /// <summary>Bits that mean nothing.</summary>
    internal static Entry Unknown => new(IsUnknownBit);

    /// <summary>How many bits the code and the extra bits behind it take.</summary>
    internal int Total => (int)(Bits & 0x3F);

    /// <summary>How many bits the code takes.</summary>
    internal int Length => (int)(Bits >> 8) & 0xF;

    /// <summary>How many bits follow the code that say how much its value grows.</summary>
    internal int Extra => Total - Length;

    /// <summary>Whether it is a byte.</summary>
    internal bool IsLiteral => (int)Bits < 0;

    /// <summary>Whether it is the end of the block.</summary>
    internal bool IsEnd => (Bits & IsEndBit) != 0;

    /// <summary>Whether it leads to a second table.</summary>
    internal bool IsLink => (Bits & IsLinkBit) != 0;

    /// <summary>Whether it stands for nothing.</summary>
    internal bool IsUnknown => (Bits & IsUnknownBit) != 0;

    /// <summary>Whether it is neither a byte nor a length or distance.</summary>
    internal bool IsSpecial => (Bits & (IsEndBit | IsLinkBit | IsUnknownBit)) != 0;

    /// <summary>The byte, the code length, the least length or distance; of a link, where the second table is.</summary>
    internal int Value => (int)(Bits >> 16) & 0x7FFF;

    /// <summary>A value of which the code's length is not yet known.</summary>
    internal static Entry Of(Alphabet alphabet, int symbol) => alphabet switch
    {
        Alphabet.Lengths => Make(0, symbol),
        Alphabet.Distances when symbol < DeflateFormat.DistanceCodes => Make(DeflateFormat.DistanceExtra[symbol], DeflateFormat.DistanceBase[symbol]),
        Alphabet.Literals when symbol < DeflateFormat.EndOfBlock => new(IsLiteralBit | ((uint)symbol << 16)),
        Alphabet.Literals when symbol == DeflateFormat.EndOfBlock => new(IsEndBit),
        Alphabet.Literals when symbol < DeflateFormat.LiteralCodes => Make(DeflateFormat.LengthExtra[symbol - DeflateFormat.FirstLength], DeflateFormat.LengthBase[symbol - DeflateFormat.FirstLength]),
        _ => Unknown, // RFC 1951 §3.2.6: symbols 286, 287 and distances 30, 31 take part in the fixed codes and never occur
    };

    /// <summary>The same with a code of so many bits.</summary>
    internal Entry WithLength(int length) => new(Bits + (uint)length * 0x101);

    /// <summary>Leads to a second table, which so many bits look into.</summary>
    internal static Entry Link(int offset, int bits) => new(IsLinkBit | ((uint)bits << 8) | ((uint)offset << 16));

    static Entry Make(int extra, int value) => new((uint)extra | ((uint)value << 16));
}
