namespace RawWebSocket.Deflate;

/// <summary>A byte, or a match: so many bytes as they were so far back. RFC 1951 §2. In 32 bits.</summary>
/// <param name="Bits">The byte; or the highest bit, the length less 3 (8 bits) and the distance less 1 (15 bits).</param>
readonly record struct Token(uint Bits)
{
    const uint IsMatchBit = 1u << 31;

    static readonly byte[] LengthCodes = CodesOfLengths(), DistanceCodes = CodesOfDistances();

    internal static Token Literal(byte value) => new(value);

    internal static Token Match(int length, int distance) => new(IsMatchBit | (uint)(length - DeflateFormat.MinMatch) << 15 | (uint)(distance - 1));

    internal bool IsMatch => (Bits & IsMatchBit) != 0;

    /// <summary>The code of the match's length. RFC 1951 §3.2.5.</summary>
    internal int LengthCode => LengthCodes[(int)(Bits >> 15) & 0xFF];

    /// <summary>Length of the match.</summary>
    internal int Length => ((int)(Bits >> 15) & 0xFF) + DeflateFormat.MinMatch;

    /// <summary>Distance of the match.</summary>
    internal int Distance => (int)(Bits & 0x7FFF) + 1;

    /// <summary>The code of the match's distance: near ones one by one, far ones by 128.</summary>
    internal int DistanceCode => DistanceCodes[Distance <= 256 ? Distance - 1 : 256 + ((Distance - 1) >> 7)];

    static byte[] CodesOfLengths()
    {
        byte[] codes = new byte[256];
        for (int code = 0; code < DeflateFormat.LengthBase.Length; code++)
            codes.AsSpan(DeflateFormat.LengthBase[code] - DeflateFormat.MinMatch).Fill((byte)code);
        return codes;
    }

    static byte[] CodesOfDistances()
    {
        byte[] codes = new byte[512];
        for (int code = 0; code < DeflateFormat.DistanceCodes; code++)
        {
            int first = DeflateFormat.DistanceBase[code] - 1;
            if (first < 256) codes.AsSpan(first, 256 - first).Fill((byte)code);
            codes.AsSpan(256 + ((first + 127) >> 7)).Fill((byte)code);
        }
        return codes;
    }
}
