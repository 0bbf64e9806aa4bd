namespace RawWebSocket.Deflate;

/// <summary>The constants of the format. RFC 1951 §3.2.</summary>
static class DeflateFormat
{
    /// <summary>RFC 1951 §3.2.5: the shortest and the longest match.</summary>
    internal const int MinMatch = 3, MaxMatch = 258;

    /// <summary>RFC 1951 §3.2.5: literals, the end of the block, and 29 lengths; 30 distances. §3.2.7: 19 code lengths.</summary>
    internal const int LiteralCodes = 286, DistanceCodes = 30, LengthCodes = 19;

    /// <summary>RFC 1951 §3.2.5: the symbol that ends a block; the lengths come behind it.</summary>
    internal const int EndOfBlock = 256, FirstLength = EndOfBlock + 1;

    /// <summary>RFC 1951 §3.2.7: no code is longer, and none of the code that tells the lengths.</summary>
    internal const int MaxCodeBits = 15, MaxLengthCodeBits = 7;

    /// <summary>RFC 1951 §3.2.4: most bytes of a stored block.</summary>
    internal const int MaxStored = 65_535;

    /// <summary>RFC 7692 §7.1.2: a window is named by its base-2 logarithm, from 8 to 15.</summary>
    internal const int MinWindowBits = 8, MaxWindowBits = 15;

    /// <summary>The window's size in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such window.</exception>
    internal static int WindowOf(int windowBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowBits, MinWindowBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(windowBits, MaxWindowBits);
        return 1 << windowBits;
    }

    /// <summary>RFC 1951 §3.2.5: the shortest match of each length code, and how many bits follow that say how much longer it is.</summary>
    internal static ReadOnlySpan<ushort> LengthBase =>
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    /// <inheritdoc cref="LengthBase"/>
    internal static ReadOnlySpan<byte> LengthExtra => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    /// <summary>RFC 1951 §3.2.5: the shortest distance of each code, and how many bits follow.</summary>
    internal static ReadOnlySpan<ushort> DistanceBase =>
        [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];

    /// <inheritdoc cref="DistanceBase"/>
    internal static ReadOnlySpan<byte> DistanceExtra => [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    /// <summary>RFC 1951 §3.2.7: the order in which the lengths of the code of lengths are told.</summary>
    internal static ReadOnlySpan<byte> LengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>RFC 1951 §3.2.6: the code lengths of the fixed code of literals and lengths: 8, 9, 7 and 8 bits.</summary>
    internal static void WriteFixedLiteralLengths(Span<byte> lengths)
    {
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..288].Fill(8);
    }
}
