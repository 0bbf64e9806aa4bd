using System.IO.Compression;

namespace Conformance.Catalogue;

/// <summary>
/// Deflates a client's messages. RFC 7692 §7.2.1. With a window of 15 bits the base library does it; a smaller one it can't be told, so
/// there a simple search with fixed codes does (RFC 1951 §3.2.6), which takes matches as far back as the window lets it.
/// </summary>
sealed class PeerDeflater(int windowBits, bool keepsContext) : IDisposable
{
    readonly List<byte> history = [];
    MemoryStream deflated = new();
    DeflateStream? stream;

    public byte[] Deflate(byte[] message)
    {
        if (message.Length == 0) return [0x00]; // RFC 7692 §7.2.3.6
        return windowBits == 15 ? WithTheBaseLibrary(message) : WithFixedCodes(message);
    }

    public void Dispose()
    {
        stream?.Dispose();
        deflated.Dispose();
    }

    byte[] WithTheBaseLibrary(byte[] message)
    {
        if (!keepsContext || stream is null) (deflated, stream) = (new(), null);
        stream ??= new(deflated, CompressionLevel.Optimal);
        int before = (int)deflated.Length;
        stream.Write(message);
        stream.Flush();
        byte[] flushed = deflated.ToArray()[before..];
        Assert.Equal([0, 0, 0xFF, 0xFF], flushed[^4..]);
        return flushed[..^4];
    }

    byte[] WithFixedCodes(byte[] message)
    {
        List<byte> all = [.. history, .. message];
        BitSink bits = new();
        bits.Put(0b010, 3); // not the last block, fixed codes
        Dictionary<int, int> latest = [];
        for (int i = 0; i < history.Count; i++) Note(i);
        for (int at = history.Count; at < all.Count;)
        {
            int length = Match(at, out int distance);
            if (length >= 3) PutMatch(bits, length, distance);
            else PutLiteral(bits, all[at]);
            for (int end = at + Math.Max(1, length); at < end; at++) Note(at);
        }
        bits.PutCode(0, 7);
        bits.Put(0b000, 3);
        if (keepsContext) history.AddRange(message);
        if (history.Count > 1 << windowBits) history.RemoveRange(0, history.Count - (1 << windowBits));
        return bits.ToArray();

        void Note(int i)
        {
            if (i + 2 < all.Count) latest[all[i] << 16 | all[i + 1] << 8 | all[i + 2]] = i;
        }

        int Match(int at, out int distance)
        {
            distance = 0;
            if (at + 2 >= all.Count || !latest.TryGetValue(all[at] << 16 | all[at + 1] << 8 | all[at + 2], out int from) || at - from > 1 << windowBits) return 0;
            distance = at - from;
            int length = 3;
            while (length < 258 && at + length < all.Count && all[from + length] == all[at + length]) length++;
            return length;
        }
    }

    /// <summary>RFC 1951 §3.2.5 and §3.2.6.</summary>
    public static void PutMatch(BitSink bits, int length, int distance)
    {
        (int code, int extra, int first) = (0, 0, 3);
        if (length == 258) code = 28;
        else
        {
            for (int next = 1; length >= first + next; code++)
            {
                first += next;
                extra = Math.Max(0, (code + 1) / 4 - 1);
                next = 1 << extra;
            }
        }
        bits.PutCode(code < 23 ? code + 1 : 0b11000000 + code - 23, code < 23 ? 7 : 8);
        if (code < 28) bits.Put(length - first, extra);
        (code, extra, first) = (0, 0, 1);
        for (int next = 1; distance >= first + next; code++)
        {
            first += next;
            extra = Math.Max(0, (code + 1) / 2 - 1);
            next = 1 << extra;
        }
        bits.PutCode(code, 5);
        bits.Put(distance - first, extra);
    }

    public static void PutLiteral(BitSink bits, byte value) => bits.PutCode(value < 144 ? 0x30 + value : 0x190 + value - 144, value < 144 ? 8 : 9);

    /// <summary>
    /// A message of so many bytes that inflates to 1,032 times as many zeros: one symbol of one bit for 258 bytes, one of one bit for the
    /// distance 1. RFC 1951 §3.2.7 lets a block have such codes.
    /// </summary>
    public static byte[] Bomb(int length)
    {
        BitSink bits = new();
        bits.Put(0b100, 3);                                   // not the last block, codes of its own
        bits.Put(29, 5);                                      // 286 symbols
        bits.Put(0, 5);                                       // 1 distance
        bits.Put(14, 4);                                      // 18 lengths of the code for lengths: of 18, 2 and 1
        for (int i = 0; i < 18; i++) bits.Put(i switch { 2 => 1, 15 or 17 => 2, _ => 0 }, 3);
        bits.PutCode(0b11, 2);                                // symbol 0: 2 bits
        bits.PutCode(0, 1);
        bits.Put(138 - 11, 7);                                // and 255 times none
        bits.PutCode(0, 1);
        bits.Put(117 - 11, 7);
        bits.PutCode(0b11, 2);                                // symbol 256: 2 bits
        bits.PutCode(0, 1);
        bits.Put(28 - 11, 7);                                 // 28 times none
        bits.PutCode(0b10, 2);                                // symbol 285: 1 bit
        bits.PutCode(0b10, 2);                                // distance code 0: 1 bit
        bits.PutCode(0b10, 2);                                // a zero
        while (bits.Length < length) bits.Put(0, 2);          // 258 more of it
        bits.PutCode(0b11, 2);
        bits.Put(0b000, 3);
        return bits.ToArray();
    }
}

/// <summary>Bits into bytes, the lowest first. RFC 1951 §3.1.1.</summary>
sealed class BitSink
{
    readonly List<byte> bytes = [];
    int held, count;

    public int Length => bytes.Count;

    public void Put(int value, int bits)
    {
        held |= value << count;
        count += bits;
        for (; count >= 8; count -= 8, held >>= 8) bytes.Add((byte)held);
    }

    /// <summary>Codes stand with their highest bit first.</summary>
    public void PutCode(int code, int bits)
    {
        while (bits-- > 0) Put(code >> bits & 1, 1);
    }

    public byte[] ToArray() => count == 0 ? [.. bytes] : [.. bytes, (byte)held];
}
