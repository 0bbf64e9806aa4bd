namespace RawWebSocket.Deflate;

/// <summary>Finds the lengths of the best prefix code for given frequencies, none longer than a limit. RFC 1951 §3.2.2, §3.2.7.</summary>
static class CodeLengths
{
    /// <summary>Most symbols of a code.</summary>
    const int MaxSymbols = DeflateFormat.LiteralCodes;

    const int SymbolBits = 9, SymbolMask = (1 << SymbolBits) - 1;

    // Symbols that occur less often are sorted by counting. Most are rare.
    const int Rare = 64;

    /// <summary>Finds the lengths.</summary>
    /// <param name="frequencies">How often each symbol occurs. When fewer than two do, the first others get codes, too.</param>
    /// <param name="maxBits">The limit; 2 to the power of it is more than the symbols.</param>
    /// <param name="lengths">Receives the length of each symbol's code, 0 for those that do not occur.</param>
    internal static void Find(ReadOnlySpan<int> frequencies, int maxBits, Span<byte> lengths)
    {
        Span<uint> sorted = stackalloc uint[MaxSymbols];
        Span<int> work = stackalloc int[MaxSymbols];
        int count = Sort(frequencies, sorted);
        for (int i = 0; i < count; i++) work[i] = (int)(sorted[i] >> SymbolBits);
        FindDepths(work[..count]);
        Span<int> counts = stackalloc int[DeflateFormat.MaxCodeBits + 1];
        counts.Clear();
        foreach (int depth in work[..count]) counts[Math.Min(depth, maxBits)]++;
        Limit(counts, maxBits);
        lengths.Clear();
        int next = 0;
        for (int bits = maxBits; bits > 0; bits--)
            for (int i = counts[bits]; i > 0; i--) lengths[(int)(sorted[next++] & SymbolMask)] = (byte)bits; // the rarest get the longest
    }

    // The symbols that occur, the rarest first: frequency above, symbol below.
    static int Sort(ReadOnlySpan<int> frequencies, Span<uint> sorted)
    {
        Span<uint> found = stackalloc uint[MaxSymbols];
        Span<int> next = stackalloc int[Rare + 1]; // where the next symbol of each frequency goes; the frequent ones share the last place
        int count = Collect(frequencies, found);
        found = found[..count];
        next.Clear();
        foreach (uint one in found) next[(int)Math.Min(one >> SymbolBits, Rare)]++;
        for (int frequency = 1, sum = 0; frequency <= Rare; frequency++) (next[frequency], sum) = (sum, sum + next[frequency]);
        int frequent = next[Rare];
        foreach (uint one in found) sorted[next[(int)Math.Min(one >> SymbolBits, Rare)]++] = one;
        sorted[frequent..count].Sort();
        return count;
    }

    // Two symbols at least: a code of one is read by few.
    static int Collect(ReadOnlySpan<int> frequencies, Span<uint> found)
    {
        int count = 0;
        for (int symbol = 0; symbol < frequencies.Length; symbol++)
        {
            found[count] = (uint)frequencies[symbol] << SymbolBits | (uint)symbol; // written over by the next if it does not occur
            count += frequencies[symbol] > 0 ? 1 : 0;
        }
        for (int symbol = 0; count < 2; symbol++)
            if (frequencies[symbol] == 0) found[count++] = 1u << SymbolBits | (uint)symbol;
        return count;
    }

    // Moffat and Katajainen, "In-Place Calculation of Minimum-Redundancy Codes": the ascending frequencies are overwritten by depths.
    static void FindDepths(Span<int> a)
    {
        int n = a.Length, root = 0, leaf = 0;
        for (int next = 0; next < n - 1; next++) // 1. join the two rarest, n - 1 times; each joined node notes its parent
        {
            int sum = 0;
            for (int part = 0; part < 2; part++)
            {
                if (leaf >= n || (root < next && a[root] < a[leaf]))
                {
                    sum += a[root];
                    a[root++] = next;
                }
                else sum += a[leaf++];
            }
            a[next] = sum;
        }
        a[n - 2] = 0;
        for (int next = n - 3; next >= 0; next--) a[next] = a[a[next]] + 1; // 2. depths of the joined nodes
        int free = 1, depth = 0, node = n - 2, at = n - 1;
        while (free > 0) // 3. depths of the leaves, the most frequent first
        {
            int joined = 0;
            for (; node >= 0 && a[node] == depth; node--) joined++;
            for (; free > joined; free--) a[at--] = depth;
            free = 2 * joined;
            depth++;
        }
    }

    // Cutting long codes off takes more room than there is: each step gives one unit back, by lengthening the longest code below the limit.
    static void Limit(Span<int> counts, int maxBits)
    {
        int used = 0;
        for (int bits = 1; bits <= maxBits; bits++) used += counts[bits] << (maxBits - bits);
        for (; used > 1 << maxBits; used--)
        {
            int bits = maxBits - 1;
            while (counts[bits] == 0) bits--;
            counts[maxBits]--;
            counts[bits]--;
            counts[bits + 1] += 2;
        }
    }
}
