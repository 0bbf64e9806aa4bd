using System.Buffers.Binary;
using System.Numerics;

namespace RawWebSocket.Deflate;

/// <summary>How much time compressing may take.</summary>
public enum DeflateLevel : byte
{
    /// <summary>One look for a match at each place.</summary>
    Fast,

    /// <summary>Many looks, and a match is put off when the next place has a longer one.</summary>
    Small,
}

/// <summary>Finds what was there before. RFC 1951 §4. Positions are offsets into data that holds what came before, too.</summary>
static class MatchFinder
{
    /// <summary>Bytes that are hashed and compared first; shorter matches are not looked for.</summary>
    const int HashedBytes = 4;

    /// <summary>Takes tokens from one place on, until the data or the room for tokens ends.</summary>
    /// <param name="data">All that matches may refer to, and what is to be taken apart.</param>
    /// <param name="at">Where to begin; moves on.</param>
    /// <param name="window">How far back a match may begin.</param>
    /// <param name="heads">For each hash the place behind the last one that had it, 0 for none; its length is a power of two.</param>
    /// <param name="tokens">Room for tokens.</param>
    /// <returns>How many tokens there are.</returns>
    internal static int Fast(ReadOnlySpan<byte> data, ref int at, int window, Span<int> heads, Span<Token> tokens)
    {
        int count = 0, position = at, last = data.Length - HashedBytes, shift = 33 - BitOperations.Log2((uint)heads.Length) - 1;
        while (position <= last && count < tokens.Length)
        {
            uint four = BinaryPrimitives.ReadUInt32LittleEndian(data[position..]);
            ref int head = ref heads[(int)(four * 0x9E3779B1 >> shift)];
            int candidate = head - 1;
            head = position + 1;
            if (candidate < 0 || position - candidate > window || BinaryPrimitives.ReadUInt32LittleEndian(data[candidate..]) != four)
            {
                tokens[count++] = Token.Literal((byte)four);
                position++;
                continue;
            }
            int length = LengthOfMatch(data, candidate, position, HashedBytes);
            tokens[count++] = Token.Match(length, position - candidate);
            position += length;
            if (position <= last) heads[(int)(BinaryPrimitives.ReadUInt32LittleEndian(data[(position - 1)..]) * 0x9E3779B1 >> shift)] = position;
        }
        for (; position < data.Length && position > last && count < tokens.Length; position++) tokens[count++] = Token.Literal(data[position]);
        at = position;
        return count;
    }

    /// <summary>How many bytes two places have in common, at most 258.</summary>
    internal static int LengthOfMatch(ReadOnlySpan<byte> data, int earlier, int later, int known)
    {
        int most = Math.Min(DeflateFormat.MaxMatch, data.Length - later);
        return known + data.Slice(earlier + known, most - known).CommonPrefixLength(data.Slice(later + known, most - known));
    }
}
