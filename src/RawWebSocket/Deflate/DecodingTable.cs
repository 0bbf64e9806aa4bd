namespace RawWebSocket.Deflate;

/// <summary>
/// Looks codes up by their bits. RFC 1951 §3.2.2: codes of one length are consecutive, the shorter ones come first, and a code's first bit
/// is the lowest of the input. Short codes are found at once; longer ones lead to a second table for the bits behind the first ones.
/// </summary>
/// <param name="entries">Both tables.</param>
/// <param name="firstBits">How many bits the first look takes.</param>
readonly ref struct DecodingTable(ReadOnlySpan<uint> entries, int firstBits)
{
    const int MaxSymbols = 288; // of the fixed code

    static readonly uint[] LengthSymbols = Symbols(Alphabet.Lengths, DeflateFormat.LengthCodes),
        LiteralSymbols = Symbols(Alphabet.Literals, MaxSymbols), DistanceSymbols = Symbols(Alphabet.Distances, 32);

    /// <summary>How many bits the first look takes.</summary>
    internal int FirstBits { get; } = firstBits;

    /// <summary>The tables, for loops that look much.</summary>
    internal ReadOnlySpan<uint> Entries { get; } = entries;

    /// <summary>What the lowest bits of the input stand for.</summary>
    internal Entry Look(ulong bits)
    {
        var entry = new Entry(Entries[(int)bits & ((1 << FirstBits) - 1)]);
        return entry.IsLink ? Follow(entry, bits) : entry;
    }

    /// <summary>The second look.</summary>
    internal Entry Follow(Entry link, ulong bits) => new(Entries[link.Value + ((int)(bits >> FirstBits) & ((1 << link.Length) - 1))]);

    /// <summary>Makes the table of a code.</summary>
    /// <param name="lengths">The length of each symbol's code in bits; 0 for a symbol that does not occur.</param>
    /// <param name="alphabet">What the symbols are.</param>
    /// <param name="room">Where to; enough for the worst of codes.</param>
    /// <param name="firstBits">How many bits the first look may take; becomes fewer when no code is as long.</param>
    internal static DeflateFault Build(ReadOnlySpan<byte> lengths, Alphabet alphabet, Span<uint> room, ref int firstBits)
    {
        Span<int> counts = stackalloc int[DeflateFormat.MaxCodeBits + 1];
        counts.Clear();
        foreach (byte length in lengths) counts[length]++;
        int used = lengths.Length - counts[0];
        counts[0] = 0;
        if (!IsPrefixCode(counts, used, alphabet)) return DeflateFault.NotAPrefixCode;
        int longest = counts.LastIndexOfAnyExcept(0);
        firstBits = Math.Clamp(longest, 1, firstBits);
        Span<uint> sorted = stackalloc uint[MaxSymbols];
        Sort(lengths, SymbolsOf(alphabet), counts, sorted);
        uint code = FillFirst(sorted, counts, firstBits, room, out int next);
        if (longest > firstBits) FillSecond(sorted[next..used], counts, firstBits, code, room);
        return DeflateFault.None;
    }

    // Complete, or a single code of one bit (§3.2.7: "one distance code of zero bits"), or none at all; the code of lengths must be complete.
    static bool IsPrefixCode(ReadOnlySpan<int> counts, int used, Alphabet alphabet)
    {
        int left = 1;
        for (int bits = 1; bits <= DeflateFormat.MaxCodeBits; bits++)
        {
            left = (left << 1) - counts[bits];
            if (left < 0) return false;
        }
        return left == 0 || (alphabet != Alphabet.Lengths && (used == 0 || (used == 1 && counts[1] == 1)));
    }

    // The entries of all symbols that occur in the order of their codes.
    static void Sort(ReadOnlySpan<byte> lengths, ReadOnlySpan<uint> symbols, ReadOnlySpan<int> counts, Span<uint> sorted)
    {
        Span<int> next = stackalloc int[DeflateFormat.MaxCodeBits + 2];
        next.Clear();
        for (int bits = 1; bits <= DeflateFormat.MaxCodeBits; bits++) next[bits + 1] = next[bits] + counts[bits];
        for (int symbol = 0; symbol < lengths.Length; symbol++)
            if (lengths[symbol] != 0) sorted[next[lengths[symbol]]++] = new Entry(symbols[symbol]).WithLength(lengths[symbol]).Bits;
    }

    // The table is doubled with each bit: what shorter codes put into it holds for both values of the next bit.
    static uint FillFirst(ReadOnlySpan<uint> sorted, ReadOnlySpan<int> counts, int firstBits, Span<uint> room, out int next)
    {
        uint code = 0;
        next = 0;
        room[0] = Entry.Unknown.Bits;
        for (int bits = 1, size = 1; bits <= firstBits; bits++, size <<= 1)
        {
            room[..size].CopyTo(room[size..]);
            foreach (uint entry in sorted.Slice(next, counts[bits]))
            {
                room[(int)code] = entry;
                code = BitOrder.Following(code, bits);
            }
            next += counts[bits];
        }
        return code;
    }

    // For each first look that long codes share: a second table, as large as the longest of them needs.
    static void FillSecond(ReadOnlySpan<uint> sorted, Span<int> counts, int firstBits, uint code, Span<uint> room)
    {
        int offset = 0, size = 1 << firstBits, mask = size - 1, shared = -1, end = size;
        foreach (uint entry in sorted)
        {
            int length = new Entry(entry).Length, first = (int)code & mask;
            if (first != shared)
            {
                shared = first;
                offset = end;
                int bits = BitsOfSecond(counts, firstBits, length);
                room[first] = Entry.Link(offset, bits).Bits;
                size = 1 << bits;
                end = offset + size;
            }
            for (int at = (int)code >> firstBits; at < size; at += 1 << (length - firstBits)) room[offset + at] = entry;
            counts[length]--;
            code = BitOrder.Following(code, length);
        }
    }

    // As many bits as it takes for the codes that are left, shortest first, to fill the table.
    static int BitsOfSecond(ReadOnlySpan<int> left, int firstBits, int length)
    {
        int bits = length - firstBits, filled = left[length];
        while (filled < 1 << bits && firstBits + bits < DeflateFormat.MaxCodeBits)
        {
            bits++;
            filled = (filled << 1) + left[firstBits + bits];
        }
        return bits;
    }

    static ReadOnlySpan<uint> SymbolsOf(Alphabet alphabet) => alphabet switch
    {
        Alphabet.Lengths => LengthSymbols,
        Alphabet.Literals => LiteralSymbols,
        _ => DistanceSymbols,
    };

    static uint[] Symbols(Alphabet alphabet, int count)
    {
        uint[] symbols = new uint[count];
        for (int symbol = 0; symbol < count; symbol++) symbols[symbol] = Entry.Of(alphabet, symbol).Bits;
        return symbols;
    }
}

/// <summary>What the symbols of a code are.</summary>
enum Alphabet : byte
{
    /// <summary>RFC 1951 §3.2.7: code lengths and runs of them.</summary>
    Lengths,

    /// <summary>RFC 1951 §3.2.5: bytes, the end of the block, lengths of matches.</summary>
    Literals,

    /// <summary>RFC 1951 §3.2.5: distances of matches.</summary>
    Distances,
}
