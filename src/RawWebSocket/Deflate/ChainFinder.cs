using System.Buffers.Binary;

namespace RawWebSocket.Deflate;

/// <summary>
/// Finds what was there before, thoroughly. RFC 1951 §4: a chain leads from each place to the older ones with the same hash, and a match is put
/// off when the next place has a longer one.
/// </summary>
static class ChainFinder
{
    // Places that are looked at; a match so long is taken without a look at the next place.
    const int MaxLooks = 24, GoodLength = 32;

    /// <summary>Takes bytes apart into tokens, from one place on, until they or the room for tokens end.</summary>
    /// <param name="data">All that matches may refer to, and what is to be taken apart.</param>
    /// <param name="at">Where to begin; moves on.</param>
    /// <param name="sent">Where older places are found.</param>
    /// <param name="block">Receives the tokens.</param>
    internal static void Find(ReadOnlySpan<byte> data, ref int at, in SentWindow sent, ref TokenBlock block)
    {
        int position = at, last = data.Length - MatchFinder.HashedBytes;
        var places = new Places(data, sent);
        (int length, int distance) = (0, 0);
        while (position <= last && !block.IsFull)
        {
            if (length == 0) (length, distance) = places.Find(position, 0);
            int next = position + 1;
            if (length > 0 && length < GoodLength && next <= last)
            {
                (int longer, int further) = places.Find(next, length);
                if (longer > 0)
                {
                    block.Add(data[position++]);
                    (length, distance) = (longer, further);
                    continue;
                }
                next++;
            }
            if (length == 0) block.Add(data[position]);
            else block.Add(length, distance);
            position += Math.Max(length, 1);
            for (; next < position && next <= last; next++) places.Insert(next);
            length = 0;
        }
        for (; position < data.Length && position > last && !block.IsFull; position++) block.Add(data[position]);
        at = position;
    }

    readonly ref struct Places(ReadOnlySpan<byte> data, in SentWindow sent)
    {
        readonly ReadOnlySpan<byte> data = data;
        readonly Span<ushort> heads = sent.Heads, chain = sent.Chain;
        readonly uint moved = sent.Moved;
        readonly int shift = MatchFinder.ShiftOf(sent.Heads.Length);

        /// <summary>Notes a place, and tells the last one with the same hash.</summary>
        internal int Insert(int position)
        {
            ref ushort head = ref heads[MatchFinder.Hash(BinaryPrimitives.ReadUInt32LittleEndian(data[position..]), shift)];
            int candidate = head;
            chain[Link(position)] = (ushort)(position - candidate);
            head = (ushort)position;
            return candidate;
        }

        /// <summary>The longest match of a place, if it is longer than another; otherwise one of length 0.</summary>
        internal (int Length, int Distance) Find(int position, int longerThan)
        {
            int best = Math.Max(longerThan, MatchFinder.HashedBytes - 1), distance = 0, most = Math.Min(DeflateFormat.MaxMatch, data.Length - position);
            int candidate = Insert(position), oldest = Math.Max(0, position - chain.Length);
            for (int looks = MaxLooks; looks > 0 && best < most && candidate >= oldest && candidate < position; looks--)
            {
                if (data[candidate + best] == data[position + best])
                {
                    int length = MatchFinder.LengthOfMatch(data, candidate, position, 0);
                    if (length > best) (best, distance) = (length, position - candidate);
                }
                int step = chain[Link(candidate)];
                if (step == 0) break;
                candidate -= step;
            }
            return distance == 0 ? (0, 0) : (best, distance);
        }

        int Link(int position) => (int)(moved + (uint)position) & (chain.Length - 1);
    }
}
