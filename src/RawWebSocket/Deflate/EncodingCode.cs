namespace RawWebSocket.Deflate;

/// <summary>A prefix code as it is written: for each symbol its bits, turned round, and how many they are. RFC 1951 §3.1.1, §3.2.2.</summary>
static class EncodingCode
{
    /// <summary>Gives each symbol its code.</summary>
    /// <param name="lengths">The length of each symbol's code.</param>
    /// <param name="codes">Receives the bits, with their count in the highest byte.</param>
    internal static void Assign(ReadOnlySpan<byte> lengths, Span<uint> codes)
    {
        Span<int> next = stackalloc int[DeflateFormat.MaxCodeBits + 2];
        next.Clear();
        foreach (byte length in lengths) next[length + 1]++;
        next[1] = 0; // §3.2.2: symbols without a code do not count
        for (int bits = 2; bits < next.Length; bits++) next[bits] = (next[bits] + next[bits - 1]) << 1;
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            codes[symbol] = length == 0 ? 0 : (uint)length << 24 | BitOrder.Reversed((uint)next[length]++) >> (16 - length);
        }
    }
}
