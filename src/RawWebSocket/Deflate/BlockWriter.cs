namespace RawWebSocket.Deflate;

/// <summary>Writes tokens as one block, of the type that makes it shortest. RFC 1951 §3.2.3. No block says it is the last.</summary>
static class BlockWriter
{
    static readonly byte[] FixedLengths = MakeFixedLengths();
    static readonly uint[] FixedLiterals = MakeCodes(FixedLengths), FixedDistances = MakeCodes(FixedDistanceLengths);

    static ReadOnlySpan<byte> FixedDistanceLengths => [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5];

    /// <summary>Most bytes that blocks for so many bytes of content take, with what <see cref="BitWriter"/> wants behind.</summary>
    internal static long MaxLength(long contentLength) => contentLength + 6 * (contentLength / TokenBlock.MaxTokens + 2) + 8;

    /// <summary>Writes a block.</summary>
    /// <param name="block">What it holds.</param>
    /// <param name="content">The same as plain bytes, in case that is shorter.</param>
    /// <param name="leastForOwnCode">How many tokens make it worth the time to look for a code of their own.</param>
    /// <param name="writer">Where to.</param>
    internal static void Write(scoped in TokenBlock block, scoped ReadOnlySpan<byte> content, int leastForOwnCode, ref BitWriter writer)
    {
        long fixedBits = BitsOf(block, FixedLengths, FixedDistanceLengths);
        long storedBits = 8L * content.Length + 40L * (content.Length / DeflateFormat.MaxStored + 1);
        if (block.Count >= leastForOwnCode && TryWriteOwn(block, Math.Min(fixedBits, storedBits), ref writer)) return;
        if (storedBits < fixedBits)
        {
            WriteStored(content, ref writer);
            return;
        }
        writer.Put(0b010, 3);
        WriteTokens(block.Tokens, FixedLiterals, FixedDistances, ref writer);
    }

    // RFC 1951 §3.2.7
    static bool TryWriteOwn(scoped in TokenBlock block, long otherBits, ref BitWriter writer)
    {
        Span<byte> literalLengths = stackalloc byte[DeflateFormat.LiteralCodes], distanceLengths = stackalloc byte[DeflateFormat.DistanceCodes];
        CodeLengths.Find(block.Literals, DeflateFormat.MaxCodeBits, literalLengths);
        CodeLengths.Find(block.Distances, DeflateFormat.MaxCodeBits, distanceLengths);
        long bits = BitsOf(block, literalLengths, distanceLengths);
        if (bits >= otherBits) return false;
        var head = new CodeHead(literalLengths, distanceLengths);
        if (bits + head.Bits >= otherBits) return false;
        writer.Put(0b100, 3);
        head.Write(ref writer);
        Span<uint> literalCodes = stackalloc uint[DeflateFormat.LiteralCodes], distanceCodes = stackalloc uint[DeflateFormat.DistanceCodes];
        EncodingCode.Assign(literalLengths, literalCodes);
        EncodingCode.Assign(distanceLengths, distanceCodes);
        WriteTokens(block.Tokens, literalCodes, distanceCodes, ref writer);
        return true;
    }

    // Of a whole block; what stands in front of codes of its own is not counted.
    static long BitsOf(scoped in TokenBlock block, ReadOnlySpan<byte> literalLengths, ReadOnlySpan<byte> distanceLengths)
    {
        ReadOnlySpan<int> literals = block.Literals, distances = block.Distances;
        int bits = 3;
        for (int symbol = 0; symbol < literals.Length; symbol++) bits += literals[symbol] * literalLengths[symbol];
        for (int code = 0; code < DeflateFormat.LengthExtra.Length; code++) bits += literals[DeflateFormat.FirstLength + code] * DeflateFormat.LengthExtra[code];
        for (int code = 0; code < distances.Length; code++) bits += distances[code] * (distanceLengths[code] + DeflateFormat.DistanceExtra[code]);
        return bits;
    }

    // RFC 1951 §3.2.4
    static void WriteStored(scoped ReadOnlySpan<byte> content, ref BitWriter writer)
    {
        while (!content.IsEmpty)
        {
            int length = Math.Min(content.Length, DeflateFormat.MaxStored);
            writer.Put(0b000, 3);
            writer.Align();
            writer.Put((uint)length | (uint)(length ^ 0xFFFF) << 16, 32);
            writer.PutBytes(content[..length]);
            content = content[length..];
        }
    }

    static void WriteTokens(scoped ReadOnlySpan<Token> tokens, scoped ReadOnlySpan<uint> literals, scoped ReadOnlySpan<uint> distances, ref BitWriter writer)
    {
        foreach (Token token in tokens)
        {
            if (!token.IsMatch)
            {
                uint code = literals[(int)token.Bits];
                writer.Put(code & EncodingCode.BitsMask, (int)(code >> EncodingCode.CountShift));
                continue;
            }
            int lengthCode = token.LengthCode, distanceCode = token.DistanceCode;
            uint near = literals[DeflateFormat.FirstLength + lengthCode], far = distances[distanceCode];
            int count = (int)(near >> EncodingCode.CountShift); // 15 + 5 + 15 + 13 bits at most
            ulong bits = (near & EncodingCode.BitsMask) | (ulong)(token.Length - DeflateFormat.LengthBase[lengthCode]) << count;
            count += DeflateFormat.LengthExtra[lengthCode];
            bits |= (ulong)(far & EncodingCode.BitsMask) << count;
            count += (int)(far >> EncodingCode.CountShift);
            bits |= (ulong)(token.Distance - DeflateFormat.DistanceBase[distanceCode]) << count;
            writer.Put(bits, count + DeflateFormat.DistanceExtra[distanceCode]);
        }
        uint end = literals[DeflateFormat.EndOfBlock];
        writer.Put(end & EncodingCode.BitsMask, (int)(end >> EncodingCode.CountShift));
    }

    static byte[] MakeFixedLengths()
    {
        byte[] lengths = new byte[288];
        DeflateFormat.WriteFixedLiteralLengths(lengths);
        return lengths;
    }

    static uint[] MakeCodes(ReadOnlySpan<byte> lengths)
    {
        uint[] codes = new uint[lengths.Length];
        EncodingCode.Assign(lengths, codes);
        return codes;
    }
}
