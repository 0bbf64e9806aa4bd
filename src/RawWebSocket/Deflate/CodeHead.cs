namespace RawWebSocket.Deflate;

/// <summary>What stands in front of a block that brings its own codes: their lengths, in runs, in a code of their own. RFC 1951 §3.2.7.</summary>
readonly struct CodeHead
{
    readonly int literalCount, distanceCount, orderCount, runCount;
    readonly Runs runs; // symbol (5 bits), extra bits above
    readonly LengthCodeLengths code;

    /// <summary>Plans it.</summary>
    /// <param name="literalLengths">Code lengths of literals and lengths.</param>
    /// <param name="distanceLengths">Code lengths of distances.</param>
    internal CodeHead(ReadOnlySpan<byte> literalLengths, ReadOnlySpan<byte> distanceLengths)
    {
        literalCount = Math.Max(DeflateFormat.FirstLength, literalLengths.LastIndexOfAnyExcept((byte)0) + 1);
        distanceCount = Math.Max(1, distanceLengths.LastIndexOfAnyExcept((byte)0) + 1);
        Span<byte> lengths = stackalloc byte[DeflateFormat.LiteralCodes + DeflateFormat.DistanceCodes];
        literalLengths[..literalCount].CopyTo(lengths);
        distanceLengths[..distanceCount].CopyTo(lengths[literalCount..]);
        Span<int> frequencies = stackalloc int[DeflateFormat.LengthCodes];
        frequencies.Clear();
        runCount = FindRuns(lengths[..(literalCount + distanceCount)], runs, frequencies);
        CodeLengths.Find(frequencies, DeflateFormat.MaxLengthCodeBits, code);
        orderCount = DeflateFormat.LengthCodes;
        while (orderCount > 4 && code[DeflateFormat.LengthOrder[orderCount - 1]] == 0) orderCount--;
        Bits = 14 + 3 * orderCount;
        for (int symbol = 0; symbol < DeflateFormat.LengthCodes; symbol++) Bits += frequencies[symbol] * (code[symbol] + ExtraBits(symbol));
    }

    /// <summary>How many bits it takes; one or two more than are written when there was only one kind of run.</summary>
    internal int Bits { get; }

    internal void Write(ref BitWriter writer)
    {
        writer.Put((uint)(literalCount - DeflateFormat.FirstLength), 5);
        writer.Put((uint)(distanceCount - 1), 5);
        writer.Put((uint)(orderCount - 4), 4);
        for (int i = 0; i < orderCount; i++) writer.Put(code[DeflateFormat.LengthOrder[i]], 3);
        Span<uint> codes = stackalloc uint[DeflateFormat.LengthCodes];
        EncodingCode.Assign(code, codes);
        foreach (ushort run in runs[..runCount])
        {
            int symbol = run & 31, count = (int)(codes[symbol] >> EncodingCode.CountShift);
            writer.Put((codes[symbol] & EncodingCode.BitsMask) | (uint)(run >> 5) << count, count + ExtraBits(symbol));
        }
    }

    static int ExtraBits(int symbol) => symbol switch { 16 => 2, 17 => 3, 18 => 7, _ => 0 };

    // §3.2.7: 16 repeats the one before 3 to 6 times, 17 and 18 are 3 to 10 and 11 to 138 zeros.
    static int FindRuns(ReadOnlySpan<byte> lengths, Span<ushort> runs, Span<int> frequencies)
    {
        int count = 0;
        for (int at = 0, taken; at < lengths.Length; at += taken)
        {
            int length = lengths[at], same = 1;
            while (at + same < lengths.Length && lengths[at + same] == length) same++;
            (int symbol, taken, int least) = length switch
            {
                0 when same >= 11 => (18, Math.Min(same, 138), 11),
                0 when same >= 3 => (17, same, 3),
                > 0 when same >= 3 && at > 0 && lengths[at - 1] == length => (16, Math.Min(same, 6), 3),
                _ => (length, 1, 1),
            };
            runs[count++] = (ushort)(symbol | (taken - least) << 5);
            frequencies[symbol]++;
        }
        return count;
    }

    [System.Runtime.CompilerServices.InlineArray(DeflateFormat.LiteralCodes + DeflateFormat.DistanceCodes)]
    struct Runs
    {
        ushort first;
    }

    [System.Runtime.CompilerServices.InlineArray(DeflateFormat.LengthCodes)]
    struct LengthCodeLengths
    {
        byte first;
    }
}
