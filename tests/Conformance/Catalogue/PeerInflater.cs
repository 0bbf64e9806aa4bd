namespace Conformance.Catalogue;

/// <summary>Inflates the messages of one direction. RFC 1951, by its text and slowly; notes how far back any match reached.</summary>
sealed class PeerInflater(bool keepsContext)
{
    readonly List<byte> history = [];
    readonly List<byte> output = [];
    byte[] input = [];
    int at; // in bits

    static ReadOnlySpan<byte> LengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>The largest distance of all messages so far: what window the sender really used. RFC 7692 §7.1.2.</summary>
    public int LongestDistance { get; private set; }

    /// <summary>True when a match reached into a message before its own. RFC 7692 §7.1.1.</summary>
    public bool UsedContext { get; private set; }

    /// <summary>When set, nothing is inflated any more.</summary>
    public bool IsOff { get; set; }

    /// <summary>Inflates a whole message, behind which 00 00 FF FF was put back. RFC 7692 §7.2.2.</summary>
    public byte[] Inflate(byte[] message)
    {
        if (IsOff) return [];
        input = message;
        (at, int before) = (0, history.Count);
        output.Clear();
        output.AddRange(history);
        while (at < input.Length * 8) Block(before);
        byte[] result = [.. output.Skip(before)];
        history.Clear();
        if (keepsContext) history.AddRange(output.Skip(Math.Max(0, output.Count - 32768)));
        return result;
    }

    // RFC 1951 §3.2.3. Behind a last block the next one begins at the next byte (RFC 7692 §7.2.3.4).
    void Block(int before)
    {
        bool isLast = Bits(1) == 1;
        switch (Bits(2))
        {
            case 0: Stored(); break;
            case 1: Compressed(new([.. Enumerable.Range(0, 288).Select(i => i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)]), new([.. Enumerable.Repeat(5, 30)]), before); break;
            case 2: Dynamic(before); break;
            default: throw new InvalidDataException("block type 3 (RFC 1951 §3.2.3)");
        }
        if (isLast) at = (at + 7) & ~7;
    }

    void Stored()
    {
        at = (at + 7) & ~7;
        int length = Bits(16);
        if (Bits(16) != (length ^ 0xFFFF)) throw new InvalidDataException("LEN and NLEN differ (RFC 1951 §3.2.4)");
        for (int i = 0; i < length; i++) output.Add((byte)Bits(8));
    }

    void Dynamic(int before)
    {
        (int literals, int distances, int codes) = (Bits(5) + 257, Bits(5) + 1, Bits(4) + 4);
        int[] order = new int[19];
        for (int i = 0; i < codes; i++) order[LengthOrder[i]] = Bits(3);
        Code lengthCode = new(order);
        List<int> lengths = [];
        while (lengths.Count < literals + distances)
        {
            int symbol = Symbol(lengthCode);
            if (symbol < 16) lengths.Add(symbol);
            else if (symbol == 16) lengths.AddRange(Enumerable.Repeat(lengths[^1], 3 + Bits(2)));
            else lengths.AddRange(Enumerable.Repeat(0, symbol == 17 ? 3 + Bits(3) : 11 + Bits(7)));
        }
        Compressed(new([.. lengths.Take(literals)]), new([.. lengths.Skip(literals)]), before);
    }

    // RFC 1951 §3.2.5
    void Compressed(Code literals, Code distances, int before)
    {
        int symbol;
        while ((symbol = Symbol(literals)) != 256)
        {
            if (symbol < 256)
            {
                output.Add((byte)symbol);
                continue;
            }
            int length = LengthOf(symbol), distance = DistanceOf(Symbol(distances));
            if (distance > output.Count) throw new InvalidDataException($"distance {distance} with {output.Count} bytes before it");
            LongestDistance = Math.Max(LongestDistance, distance);
            UsedContext |= distance > output.Count - before;
            for (int i = 0; i < length; i++) output.Add(output[^distance]);
        }
    }

    int LengthOf(int symbol)
    {
        int code = symbol - 257;
        if (code < 8) return code + 3;
        if (code == 28) return 258;
        int extra = code / 4 - 1;
        return 3 + ((4 + code % 4) << extra) + Bits(extra);
    }

    int DistanceOf(int code)
    {
        if (code < 4) return code + 1;
        int extra = code / 2 - 1;
        return 1 + ((2 + code % 2) << extra) + Bits(extra);
    }

    int Symbol(Code code)
    {
        for (int bits = 0, length = 1; length <= 15; length++)
        {
            bits = bits << 1 | Bits(1);
            if (code.Find(bits, length) is var symbol and >= 0) return symbol;
        }
        throw new InvalidDataException("bits that no code has (RFC 1951 §3.2.2)");
    }

    int Bits(int count)
    {
        int value = 0;
        for (int i = 0; i < count; i++, at++)
            value |= (input[at >> 3] >> (at & 7) & 1) << i; // past the end: IndexOutOfRange, which is a failure as good as any
        return value;
    }

    /// <summary>RFC 1951 §3.2.2: codes of one length are consecutive, in the order of their symbols.</summary>
    sealed class Code
    {
        readonly int[] first = new int[16], offset = new int[16], count = new int[16];
        readonly int[] symbols;

        public Code(int[] lengths)
        {
            foreach (int length in lengths) if (length > 0) count[length]++;
            for (int length = 1; length < 16; length++)
            {
                first[length] = (first[length - 1] + (length == 1 ? 0 : count[length - 1])) << 1;
                offset[length] = offset[length - 1] + (length == 1 ? 0 : count[length - 1]);
            }
            symbols = [.. Enumerable.Range(0, lengths.Length).Where(symbol => lengths[symbol] > 0).OrderBy(symbol => lengths[symbol]).ThenBy(symbol => symbol)];
        }

        public int Find(int bits, int length) => bits - first[length] is >= 0 and var index && index < count[length] ? symbols[offset[length] + index] : -1;
    }
}
