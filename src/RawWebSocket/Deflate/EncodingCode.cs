namespace RawWebSocket.Deflate;

/// <summary>A prefix code as it is written: for each symbol its bits, turned round, and how many they are. RFC 1951 §3.1.1, §3.2.2.</summary>
static class EncodingCode
{
    /// <summary>Where in 32 bits the count is, and the code.</summary>
    internal const int CountShift = 24, BitsMask = (1 << CountShift) - 1;

    /// <summary>Gives each symbol its code.</summary>
    /// <param name="lengths">The length of each symbol's code.</param>
    /// <param name="codes">Receives the bits, with their count in the highest byte.</param>
    internal static void Assign(ReadOnlySpan<byte> lengths, Span<uint> codes)
    {
        Span<uint> next = stackalloc uint[DeflateFormat.MaxCodeBits + 2];
        next.Clear();
        foreach (byte length in lengths) next[length + 1]++;
        next[1] = 0; // §3.2.2: symbols without a code do not count
        for (int bits = 2; bits < next.Length; bits++) next[bits] = (next[bits] + next[bits - 1]) << 1;
        for (int bits = 1; bits <= DeflateFormat.MaxCodeBits; bits++) next[bits] = BitOrder.Reversed(next[bits]) >> (16 - bits);
        codes[..lengths.Length].Clear();
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0) continue;
            codes[symbol] = (uint)length << CountShift | next[length];
            next[length] = BitOrder.Following(next[length], length);
        }
    }
}
