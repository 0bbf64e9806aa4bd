using System.Buffers.Binary;
using System.Numerics;

namespace RawWebSocket.Deflate;

/// <summary>Finds what was there before, quickly: one look at each place. RFC 1951 §4.</summary>
static class MatchFinder
{
    /// <summary>Bytes that are hashed and compared first; shorter matches are not looked for.</summary>
    internal const int HashedBytes = 4;

    /// <summary>Takes bytes apart into tokens, from one place on, until they or the room for tokens end.</summary>
    /// <param name="data">All that matches may refer to, and what is to be taken apart.</param>
    /// <param name="at">Where to begin; moves on.</param>
    /// <param name="window">How far back a match may begin.</param>
    /// <param name="heads">See <see cref="SentWindow.Heads"/>.</param>
    /// <param name="block">Receives the tokens.</param>
    internal static void Find(ReadOnlySpan<byte> data, ref int at, int window, Span<ushort> heads, ref TokenBlock block)
    {
        int position = at, last = data.Length - HashedBytes, shift = ShiftOf(heads.Length);
        while (position <= last && !block.IsFull)
        {
            uint four = BinaryPrimitives.ReadUInt32LittleEndian(data[position..]);
            ref ushort head = ref heads[Hash(four, shift)];
            int candidate = head, distance = position - candidate;
            head = (ushort)position;
            if ((uint)(distance - 1) >= (uint)window || BinaryPrimitives.ReadUInt32LittleEndian(data[candidate..]) != four)
            {
                block.Add((byte)four);
                position++;
                continue;
            }
            int length = LengthOfMatch(data, candidate, position, HashedBytes);
            block.Add(length, distance);
            position += length;
            if (position <= last) heads[Hash(BinaryPrimitives.ReadUInt32LittleEndian(data[(position - 1)..]), shift)] = (ushort)(position - 1);
        }
        for (; position < data.Length && position > last && !block.IsFull; position++) block.Add(data[position]);
        at = position;
    }

    /// <summary>How many bytes two places have in common, at most 258.</summary>
    internal static int LengthOfMatch(ReadOnlySpan<byte> data, int earlier, int later, int known)
    {
        int most = Math.Min(DeflateFormat.MaxMatch, data.Length - later);
        ReadOnlySpan<byte> one = data.Slice(earlier, most), other = data.Slice(later, most);
        int length = known;
        for (; length <= most - sizeof(ulong); length += sizeof(ulong))
        {
            ulong differ = BinaryPrimitives.ReadUInt64LittleEndian(one[length..]) ^ BinaryPrimitives.ReadUInt64LittleEndian(other[length..]);
            if (differ != 0) return length + (BitOperations.TrailingZeroCount(differ) >> 3);
        }
        while (length < most && one[length] == other[length]) length++;
        return length;
    }

    /// <summary>Where four bytes are in a table of so many entries, a power of two.</summary>
    internal static int Hash(uint four, int shift) => (int)(four * 0x1E35A7BD >> shift);

    /// <summary>How far a hash is shifted for a table of so many entries.</summary>
    internal static int ShiftOf(int entries) => 32 - BitOperations.Log2((uint)entries);
}
