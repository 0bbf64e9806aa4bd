namespace RawWebSocket.Deflate;

/// <summary>What stands in front of a block that brings its own codes: their lengths, in runs, in a code of their own. RFC 1951 §3.2.7.</summary>
struct CodeHead
{
    readonly Joined joined;
    readonly int literalCount, distanceCount, orderCount;
    readonly LengthCodeLengths code;

    /// <summary>Plans it.</summary>
    /// <param name="literalLengths">Code lengths of literals and lengths.</param>
    /// <param name="distanceLengths">Code lengths of distances.</param>
    internal CodeHead(ReadOnlySpan<byte> literalLengths, ReadOnlySpan<byte> distanceLengths)
    {
        literalCount = Math.Max(257, literalLengths.LastIndexOfAnyExcept((byte)0) + 1);
        distanceCount = Math.Max(1, distanceLengths.LastIndexOfAnyExcept((byte)0) + 1);
        literalLengths[..literalCount].CopyTo(joined[..literalCount]);
        distanceLengths[..distanceCount].CopyTo(joined[literalCount..]);
        ReadOnlySpan<byte> lengths = joined[..(literalCount + distanceCount)];
        Span<int> frequencies = stackalloc int[DeflateFormat.LengthCodes];
        frequencies.Clear();
        for (Run run = default; run.MoveNext(lengths);) frequencies[run.Symbol]++;
        CodeLengths.Find(frequencies, DeflateFormat.MaxLengthCodeBits, code);
        orderCount = DeflateFormat.LengthCodes;
        while (orderCount > 4 && code[DeflateFormat.LengthOrder[orderCount - 1]] == 0) orderCount--;
        Bits = 14 + 3 * orderCount;
        for (Run run = default; run.MoveNext(lengths);) Bits += code[run.Symbol] + run.ExtraBits;
    }

    /// <summary>How many bits it takes.</summary>
    internal int Bits { get; }

    internal readonly void Write(ref BitWriter writer)
    {
        writer.Put((uint)(literalCount - 257), 5);
        writer.Put((uint)(distanceCount - 1), 5);
        writer.Put((uint)(orderCount - 4), 4);
        for (int i = 0; i < orderCount; i++) writer.Put(code[DeflateFormat.LengthOrder[i]], 3);
        Span<uint> codes = stackalloc uint[DeflateFormat.LengthCodes];
        EncodingCode.Assign(code, codes);
        ReadOnlySpan<byte> lengths = joined[..(literalCount + distanceCount)];
        for (Run run = default; run.MoveNext(lengths);)
        {
            writer.Put(codes[run.Symbol] & 0xFFFFFF, (int)(codes[run.Symbol] >> 24));
            writer.Put((uint)run.Extra, run.ExtraBits);
        }
    }

    [System.Runtime.CompilerServices.InlineArray(DeflateFormat.LiteralCodes + DeflateFormat.DistanceCodes)]
    struct Joined
    {
        byte first;
    }

    [System.Runtime.CompilerServices.InlineArray(DeflateFormat.LengthCodes)]
    struct LengthCodeLengths
    {
        byte first;
    }

    /// <summary>Walks the lengths in runs. RFC 1951 §3.2.7: 16 repeats the one before 3 to 6 times, 17 and 18 are 3 to 10 and 11 to 138 zeros.</summary>
    struct Run
    {
        int at;

        internal int Symbol { get; private set; }

        internal int Extra { get; private set; }

        internal readonly int ExtraBits => Symbol switch { 16 => 2, 17 => 3, 18 => 7, _ => 0 };

        internal bool MoveNext(ReadOnlySpan<byte> lengths)
        {
            if (at == lengths.Length) return false;
            byte length = lengths[at];
            int same = lengths[at..].IndexOfAnyExcept(length);
            if (same < 0) same = lengths.Length - at;
            bool repeats = length != 0 && at > 0 && lengths[at - 1] == length && same >= 3;
            int count = 1;
            (Symbol, Extra) = (length, 0);
            if (repeats) (Symbol, count, Extra) = (16, Math.Min(same, 6), Math.Min(same, 6) - 3);
            else if (length == 0 && same >= 11) (Symbol, count, Extra) = (18, Math.Min(same, 138), Math.Min(same, 138) - 11);
            else if (length == 0 && same >= 3) (Symbol, count, Extra) = (17, same, same - 3);
            at += count;
            return true;
        }
    }
}
