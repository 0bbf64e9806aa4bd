namespace RawWebSocket.Tests.Deflate;

/// <summary>Writes compressed data bit by bit, right or wrong.</summary>
sealed class Bits
{
    /// <summary>Code lengths of a code of lengths that knows 0, 1, 2 and runs of 11 to 138 zeros.</summary>
    internal static readonly byte[] ZeroOneTwo = Lengths(19, (0, 2), (1, 2), (2, 2), (18, 2));

    /// <summary>One that knows 0, 1 and all runs.</summary>
    internal static readonly byte[] AllRuns = Lengths(19, (0, 2), (1, 2), (18, 2), (16, 3), (17, 3));

    static readonly int[] Order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    readonly List<byte> bytes = [];
    int free;

    internal static byte[] Lengths(int count, params (int Symbol, byte Length)[] given)
    {
        byte[] lengths = new byte[count];
        foreach ((int symbol, byte length) in given) lengths[symbol] = length;
        return lengths;
    }

    internal byte[] Bytes => [.. bytes];

    /// <summary>A number, its lowest bit first.</summary>
    internal Bits Put(int value, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (free == 0) (free, _) = (8, Add());
            bytes[^1] |= (byte)((value >> i & 1) << (8 - free--));
        }
        return this;
    }

    /// <summary>A symbol in the code that has these lengths, its first bit first. RFC 1951 §3.2.2, taken literally.</summary>
    internal Bits Code(byte[] lengths, int symbol)
    {
        int code = 0;
        for (int length = 1; length <= lengths[symbol]; length++)
        {
            code <<= 1;
            for (int other = 0; other < lengths.Length; other++)
                if (lengths[other] == length && (length < lengths[symbol] || other < symbol)) code++;
        }
        for (int bit = lengths[symbol] - 1; bit >= 0; bit--) Put(code >> bit, 1);
        return this;
    }

    /// <summary>What a block with codes of its own begins with.</summary>
    internal Bits Head(int literals, int distances, byte[] lengthCode)
    {
        Put(0, 1).Put(2, 2).Put(literals - 257, 5).Put(distances - 1, 5).Put(15, 4);
        foreach (int symbol in Order) Put(lengthCode[symbol], 3);
        return this;
    }

    /// <summary>So many zeros, in runs of 11 to 138.</summary>
    internal Bits Zeros(int count, byte[] lengthCode)
    {
        for (; count > 138 + 10; count -= 138) Code(lengthCode, 18).Put(127, 7);
        if (count > 138)
        {
            Code(lengthCode, 18).Put(0, 7);
            count -= 11;
        }
        return Code(lengthCode, 18).Put(count - 11, 7);
    }

    int Add()
    {
        bytes.Add(0);
        return bytes.Count;
    }
}
