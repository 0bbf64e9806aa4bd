namespace RawWebSocket.Deflate;

/// <summary>
/// Looks codes up by their bits. RFC 1951 §3.2.2: codes of one length are consecutive, the shorter ones come first, and a code's first bit
/// is the lowest of the input. Short codes are found at once; longer ones lead to a second table for the bits behind the first ones.
/// </summary>
/// <param name="firstBits">How many bits the first look takes.</param>
/// <param name="size">Entries of both tables for the worst of codes.</param>
sealed class DecodingTable(int firstBits, int size)
{
    readonly uint[] entries = new uint[size];

    /// <summary>How many bits the first look takes.</summary>
    internal int FirstBits => firstBits;

    /// <summary>The table, for loops that look much.</summary>
    internal ReadOnlySpan<uint> Entries => entries;

    /// <summary>What the lowest bits of the input stand for.</summary>
    internal Entry this[ulong bits]
    {
        get
        {
            var entry = new Entry(entries[(int)(bits & ((1u << firstBits) - 1))]);
            return entry.IsLink ? Follow(entry, bits) : entry;
        }
    }

    /// <summary>The second look.</summary>
    internal Entry Follow(Entry link, ulong bits) => new(entries[link.Value + (int)((bits >> firstBits) & ((1u << link.Extra) - 1))]);

    /// <summary>Makes the table of a code.</summary>
    /// <param name="lengths">The length of each symbol's code in bits; 0 for a symbol that does not occur.</param>
    /// <param name="alphabet">What the symbols are.</param>
    internal DeflateFault Build(ReadOnlySpan<byte> lengths, Alphabet alphabet)
    {
        Span<ushort> counts = stackalloc ushort[DeflateFormat.MaxCodeBits + 1], next = stackalloc ushort[DeflateFormat.MaxCodeBits + 2];
        counts.Clear();
        foreach (byte length in lengths) counts[length]++;
        int used = lengths.Length - counts[0];
        counts[0] = 0;
        if (!IsPrefixCode(counts, used, alphabet)) return DeflateFault.NotAPrefixCode;
        next[0] = 0;
        for (int bits = 1; bits <= DeflateFormat.MaxCodeBits; bits++) next[bits] = (ushort)((next[bits - 1] + counts[bits - 1]) << 1); // §3.2.2, step 2
        Array.Fill(entries, Entry.Unknown.Bits);
        LinkLongCodes(lengths, next);
        for (int symbol = 0; symbol < lengths.Length; symbol++)
            if (lengths[symbol] != 0) Put(Reversed(next[lengths[symbol]]++, lengths[symbol]), lengths[symbol], Entry.Of(alphabet, symbol, lengths[symbol]));
        return DeflateFault.None;
    }

    // Complete, or a single code of one bit (§3.2.7: "one distance code of zero bits"), or none at all; the code of lengths must be complete.
    static bool IsPrefixCode(ReadOnlySpan<ushort> counts, int used, Alphabet alphabet)
    {
        int left = 1;
        for (int bits = 1; bits <= DeflateFormat.MaxCodeBits; bits++)
        {
            left = (left << 1) - counts[bits];
            if (left < 0) return false;
        }
        return left == 0 || (alphabet != Alphabet.Lengths && (used == 0 || (used == 1 && counts[1] == 1)));
    }

    // For each first look that long codes share: a second table, as large as the longest of them needs.
    void LinkLongCodes(ReadOnlySpan<byte> lengths, ReadOnlySpan<ushort> firstCodes)
    {
        Span<ushort> next = stackalloc ushort[DeflateFormat.MaxCodeBits + 2];
        firstCodes.CopyTo(next);
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0) continue;
            uint code = Reversed(next[length]++, length);
            if (length <= firstBits) continue;
            ref uint slot = ref entries[code & ((1u << firstBits) - 1)];
            int needed = length - firstBits;
            if (!new Entry(slot).IsLink || new Entry(slot).Extra < needed) slot = Entry.Link(0, needed).Bits;
        }
        int offset = 1 << firstBits;
        for (int i = 0; i < 1 << firstBits; i++)
        {
            var entry = new Entry(entries[i]);
            if (!entry.IsLink) continue;
            entries[i] = Entry.Link(offset, entry.Extra).Bits;
            offset += 1 << entry.Extra;
        }
    }

    void Put(uint code, int length, Entry entry)
    {
        Span<uint> into = entries.AsSpan(0, 1 << firstBits);
        if (length > firstBits)
        {
            var link = new Entry(entries[code & ((1u << firstBits) - 1)]);
            into = entries.AsSpan(link.Value, 1 << link.Extra);
            code >>= firstBits;
            length -= firstBits;
        }
        for (uint at = code; at < into.Length; at += 1u << length) into[(int)at] = entry.Bits;
    }

    static uint Reversed(uint code, int length) => BitOrder.Reversed(code) >> (16 - length);
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
