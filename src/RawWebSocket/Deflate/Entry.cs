namespace RawWebSocket.Deflate;

/// <summary>An entry of a <see cref="DecodingTable"/> in 32 bits: how many bits the code has, what it is, and its value.</summary>
/// <param name="Bits">Code length (5 bits), kind (3), extra bits (8), value (16).</param>
readonly record struct Entry(uint Bits)
{
    const uint IsLiteralBit = 1 << 5, IsLinkBit = 1 << 6, IsUnknownBit = 1 << 7;

    /// <summary>Bits that mean nothing.</summary>
    internal static Entry Unknown => new(IsUnknownBit);

    /// <summary>Bits of the input that the code takes.</summary>
    internal int Length => (int)(Bits & 0x1F);

    /// <summary>Whether it is a byte.</summary>
    internal bool IsLiteral => (Bits & IsLiteralBit) != 0;

    /// <summary>Whether it leads to a second table.</summary>
    internal bool IsLink => (Bits & IsLinkBit) != 0;

    /// <summary>Whether it stands for nothing.</summary>
    internal bool IsUnknown => (Bits & IsUnknownBit) != 0;

    /// <summary>How many bits follow the code; of a link, how many bits the second look takes.</summary>
    internal int Extra => (int)(Bits >> 8) & 0xFF;

    /// <summary>The byte, the code length, the least length or distance (0: the end of the block); of a link, where the second table is.</summary>
    internal int Value => (int)(Bits >> 16);

    internal static Entry Link(int offset, int bits) => new(IsLinkBit | ((uint)bits << 8) | ((uint)offset << 16));

    internal static Entry Of(Alphabet alphabet, int symbol, int length) => alphabet switch
    {
        Alphabet.Lengths => Make(length, 0, symbol),
        Alphabet.Distances when symbol < DeflateFormat.DistanceCodes => Make(length, DeflateFormat.DistanceExtra[symbol], DeflateFormat.DistanceBase[symbol]),
        Alphabet.Literals when symbol < DeflateFormat.EndOfBlock => new(IsLiteralBit | (uint)length | ((uint)symbol << 16)),
        Alphabet.Literals when symbol == DeflateFormat.EndOfBlock => Make(length, 0, 0),
        Alphabet.Literals when symbol < DeflateFormat.LiteralCodes => Make(length, DeflateFormat.LengthExtra[symbol - 257], DeflateFormat.LengthBase[symbol - 257]),
        _ => new(IsUnknownBit | (uint)length), // §3.2.6: symbols 286, 287 and distances 30, 31 take part in the fixed codes and never occur
    };

    static Entry Make(int length, int extra, int value) => new((uint)length | ((uint)extra << 8) | ((uint)value << 16));
}
