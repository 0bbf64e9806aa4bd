namespace RawWebSocket.Deflate;

/// <content>The head of a block that brings its own codes. RFC 1951 §3.2.7.</content>
sealed partial class Inflater
{
    int literalCount, distanceCount, lengthCount, known;

    // HLIT, HDIST, HCLEN
    InflateStatus? ReadCounts(ref ReadOnlySpan<byte> input)
    {
        if (!reader.Need(14, ref input)) return InflateStatus.NeedInput;
        (literalCount, distanceCount, lengthCount) = (reader.At(0, 5) + 257, reader.At(5, 5) + 1, reader.At(10, 4) + 4);
        reader.Drop(14);
        if (literalCount > DeflateFormat.LiteralCodes || distanceCount > DeflateFormat.DistanceCodes) return Fail(DeflateFault.TooManyCodes);
        tables.Take();
        tables.Lengths[..DeflateFormat.LengthCodes].Clear();
        known = 0;
        stage = Stage.LengthCode;
        return null;
    }

    InflateStatus? ReadLengthCode(ref ReadOnlySpan<byte> input)
    {
        Span<byte> lengths = tables.Lengths;
        for (; known < lengthCount; known++)
        {
            if (!reader.Need(3, ref input)) return InflateStatus.NeedInput;
            lengths[DeflateFormat.LengthOrder[known]] = (byte)reader.At(0, 3);
            reader.Drop(3);
        }
        DeflateFault fault = tables.BuildLengthCode(lengths[..DeflateFormat.LengthCodes]);
        if (fault != DeflateFault.None) return Fail(fault);
        known = 0;
        stage = Stage.Lengths;
        return null;
    }

    // Lengths of both codes in one sequence, across which runs may go.
    InflateStatus? ReadLengths(ref ReadOnlySpan<byte> input)
    {
        int total = literalCount + distanceCount;
        Span<byte> lengths = tables.Lengths;
        DecodingTable code = tables.LengthCode;
        while (known < total)
        {
            if (!TryLook(code, 0, ref input, out Entry entry)) return InflateStatus.NeedInput;
            int symbol = entry.Value, runBits = symbol switch { 16 => 2, 17 => 3, 18 => 7, _ => 0 };
            if (!reader.Need(entry.Length + runBits, ref input)) return InflateStatus.NeedInput;
            int run = reader.At(entry.Length, runBits);
            reader.Drop(entry.Length + runBits);
            int count = symbol switch { 16 or 17 => 3 + run, 18 => 11 + run, _ => 1 };
            if (known + count > total || (symbol == 16 && known == 0)) return Fail(DeflateFault.BadLengthRun);
            byte value = symbol switch { 16 => lengths[known - 1], 17 or 18 => 0, _ => (byte)symbol };
            if (count == 1) lengths[known] = value;
            else lengths.Slice(known, count).Fill(value);
            known += count;
        }
        return BuildCodes(lengths);
    }

    InflateStatus? BuildCodes(ReadOnlySpan<byte> lengths)
    {
        if (lengths[DeflateFormat.EndOfBlock] == 0) return Fail(DeflateFault.NoEndOfBlock);
        DeflateFault fault = tables.Build(lengths[..literalCount], lengths.Slice(literalCount, distanceCount));
        if (fault != DeflateFault.None) return Fail(fault);
        stage = Stage.Symbols;
        return null;
    }

    // What the next bits stand for; false when more of them are needed to tell.
    bool TryLook(DecodingTable table, int skip, ref ReadOnlySpan<byte> input, out Entry entry)
    {
        while (true)
        {
            entry = table.Look(reader.Bits >> skip);
            int there = reader.Held - skip;
            if ((entry.Length > 0 && entry.Length <= there) || there >= DeflateFormat.MaxCodeBits) return true;
            if (!reader.Need(reader.Held + 1, ref input)) return false;
        }
    }
}
