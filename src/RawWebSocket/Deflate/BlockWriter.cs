namespace RawWebSocket.Deflate;

/// <summary>Writes tokens as one block, of the type that makes it shortest. RFC 1951 §3.2.3. No block says it is the last.</summary>
static class BlockWriter
{
    // A code of its own costs some 40 to 80 bytes and the time to find it: below this many tokens it does not pay.
    const int LeastForOwnCode = 64;

    static readonly byte[] FixedLengths = MakeFixedLengths();
    static readonly uint[] FixedLiterals = MakeCodes(FixedLengths), FixedDistances = MakeCodes([.. Enumerable.Repeat((byte)5, DeflateFormat.DistanceCodes)]);

    /// <summary>Most bytes that blocks for so many bytes of content take, with what <see cref="BitWriter"/> wants behind.</summary>
    internal static long MaxLength(long contentLength) => contentLength + 6 * (contentLength / (16 << 10) + 2) + 8;

    /// <summary>Writes a block.</summary>
    /// <param name="tokens">What it holds.</param>
    /// <param name="content">The same as plain bytes, in case that is shorter.</param>
    /// <param name="writer">Where to.</param>
    internal static void Write(scoped ReadOnlySpan<Token> tokens, scoped ReadOnlySpan<byte> content, ref BitWriter writer)
    {
        Span<int> literals = stackalloc int[DeflateFormat.LiteralCodes], distances = stackalloc int[DeflateFormat.DistanceCodes];
        Count(tokens, literals, distances);
        long fixedBits = 3 + BitsOf(literals, distances, FixedLengths, FixedDistanceLengths);
        long storedBits = 8L * content.Length + 40L * (content.Length / DeflateFormat.MaxStored + 1);
        if (tokens.Length >= LeastForOwnCode && TryWriteOwn(tokens, literals, distances, Math.Min(fixedBits, storedBits), ref writer)) return;
        if (storedBits < fixedBits) WriteStored(content, ref writer);
        else
        {
            writer.Put(0b010, 3);
            WriteTokens(tokens, FixedLiterals, FixedDistances, ref writer);
        }
    }

    static ReadOnlySpan<byte> FixedDistanceLengths => [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5];

    static void Count(ReadOnlySpan<Token> tokens, Span<int> literals, Span<int> distances)
    {
        literals.Clear();
        distances.Clear();
        foreach (Token token in tokens)
        {
            literals[token.Symbol]++;
            if (token.IsMatch) distances[token.DistanceCode]++;
        }
        literals[DeflateFormat.EndOfBlock]++;
    }

    static long BitsOf(ReadOnlySpan<int> literals, ReadOnlySpan<int> distances, ReadOnlySpan<byte> literalLengths, ReadOnlySpan<byte> distanceLengths)
    {
        long bits = 0;
        for (int symbol = 0; symbol < literals.Length; symbol++) bits += (long)literals[symbol] * literalLengths[symbol];
        for (int code = 0; code < DeflateFormat.LengthExtra.Length; code++) bits += (long)literals[257 + code] * DeflateFormat.LengthExtra[code];
        for (int code = 0; code < distances.Length; code++) bits += (long)distances[code] * (distanceLengths[code] + DeflateFormat.DistanceExtra[code]);
        return bits;
    }

    // RFC 1951 §3.2.7
    static bool TryWriteOwn(scoped ReadOnlySpan<Token> tokens, scoped Span<int> literals, scoped Span<int> distances, long otherBits, ref BitWriter writer)
    {
        Span<byte> literalLengths = stackalloc byte[DeflateFormat.LiteralCodes], distanceLengths = stackalloc byte[DeflateFormat.DistanceCodes];
        CodeLengths.Find(literals, DeflateFormat.MaxCodeBits, literalLengths);
        CodeLengths.Find(distances, DeflateFormat.MaxCodeBits, distanceLengths);
        long bits = 3 + BitsOf(literals, distances, literalLengths, distanceLengths);
        if (bits >= otherBits) return false;
        var head = new CodeHead(literalLengths, distanceLengths);
        if (bits + head.Bits >= otherBits) return false;
        writer.Put(0b100, 3);
        head.Write(ref writer);
        Span<uint> literalCodes = stackalloc uint[DeflateFormat.LiteralCodes], distanceCodes = stackalloc uint[DeflateFormat.DistanceCodes];
        EncodingCode.Assign(literalLengths, literalCodes);
        EncodingCode.Assign(distanceLengths, distanceCodes);
        WriteTokens(tokens, literalCodes, distanceCodes, ref writer);
        return true;
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
            Put(literals[token.Symbol], ref writer);
            if (!token.IsMatch) continue;
            int lengthCode = token.Symbol - 257, distanceCode = token.DistanceCode;
            writer.Put((uint)(token.Length - DeflateFormat.LengthBase[lengthCode]), DeflateFormat.LengthExtra[lengthCode]);
            Put(distances[distanceCode], ref writer);
            writer.Put((uint)(token.Distance - DeflateFormat.DistanceBase[distanceCode]), DeflateFormat.DistanceExtra[distanceCode]);
        }
        Put(literals[DeflateFormat.EndOfBlock], ref writer);
    }

    static void Put(uint code, ref BitWriter writer) => writer.Put(code & 0xFFFFFF, (int)(code >> 24));

    static byte[] MakeFixedLengths()
    {
        byte[] lengths = new byte[288];
        DeflateFormat.WriteFixedLiteralLengths(lengths);
        return lengths;
    }

    static uint[] MakeCodes(byte[] lengths)
    {
        uint[] codes = new uint[lengths.Length];
        EncodingCode.Assign(lengths, codes);
        return codes;
    }
}
