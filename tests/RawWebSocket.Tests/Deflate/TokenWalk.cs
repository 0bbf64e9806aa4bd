namespace RawWebSocket.Tests.Deflate;

/// <summary>
/// A second inflater, as plain as RFC 1951 §3.2 can be written and slow: one bit at a time, codes compared one by one. It notes how far back matches
/// reach, which no other oracle tells.
/// </summary>
sealed class TokenWalk
{
    static readonly int[] LengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
    static readonly int[] LengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
    static readonly int[] DistanceBase = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
    static readonly int[] Order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    byte[] data = [];
    int at; // in bits

    /// <summary>All that was inflated so far, of all messages.</summary>
    internal List<byte> Output { get; } = [];

    /// <summary>How far back the farthest match reached.</summary>
    internal int Farthest { get; private set; }

    /// <summary>Blocks of each type.</summary>
    internal int[] Blocks { get; } = new int[3];

    /// <summary>Inflates one message, as it comes over the wire.</summary>
    internal void Message(ReadOnlySpan<byte> deflated)
    {
        (data, at) = ([.. deflated, 0, 0, 0xFF, 0xFF], 0);
        while (at + 8 <= data.Length * 8) Block();
    }

    void Block()
    {
        Take(1);
        int type = Take(2);
        Blocks[type]++;
        if (type == 0) Stored();
        else if (type == 1) Symbols([.. Enumerable.Range(0, 288).Select(s => s < 144 ? 8 : s < 256 ? 9 : s < 280 ? 7 : 8)], [.. Enumerable.Repeat(5, 30)]);
        else Own();
    }

    void Stored()
    {
        at = (at + 7) / 8 * 8;
        int length = Take(16);
        Assert.Equal(0xFFFF, length ^ Take(16));
        for (int i = 0; i < length; i++) Output.Add((byte)Take(8));
    }

    void Own()
    {
        int literals = Take(5) + 257, distances = Take(5) + 1, told = Take(4) + 4;
        int[] code = new int[19];
        for (int i = 0; i < told; i++) code[Order[i]] = Take(3);
        List<int> lengths = [];
        while (lengths.Count < literals + distances)
        {
            int symbol = Symbol(code);
            if (symbol < 16) lengths.Add(symbol);
            else if (symbol == 16) lengths.AddRange(Enumerable.Repeat(lengths[^1], 3 + Take(2)));
            else lengths.AddRange(Enumerable.Repeat(0, symbol == 17 ? 3 + Take(3) : 11 + Take(7)));
        }
        Symbols([.. lengths[..literals]], [.. lengths[literals..]]);
    }

    void Symbols(int[] literals, int[] distances)
    {
        while (true)
        {
            int symbol = Symbol(literals);
            if (symbol == 256) return;
            if (symbol < 256)
            {
                Output.Add((byte)symbol);
                continue;
            }
            int length = LengthBase[symbol - 257] + Take(LengthExtra[symbol - 257]), code = Symbol(distances);
            int distance = DistanceBase[code] + Take(code < 4 ? 0 : (code - 2) / 2);
            Farthest = Math.Max(Farthest, distance);
            for (int i = 0; i < length; i++) Output.Add(Output[^distance]);
        }
    }

    // RFC 1951 §3.2.2: codes of a length are consecutive, in the order of their symbols, and begin behind twice the last shorter one.
    int Symbol(int[] lengths)
    {
        int code = 0, first = 0;
        for (int length = 1; length <= 15; length++)
        {
            (code, first) = (code << 1 | Take(1), first << 1);
            int[] symbols = [.. Enumerable.Range(0, lengths.Length).Where(symbol => lengths[symbol] == length)];
            if (code - first < symbols.Length) return symbols[code - first];
            first += symbols.Length;
        }
        throw new InvalidDataException("No such code.");
    }

    int Take(int count)
    {
        int value = 0;
        for (int i = 0; i < count; i++, at++) value |= (data[at >> 3] >> (at & 7) & 1) << i;
        return value;
    }
}
