using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class DecodingTableTests
{
    /// <summary>Each symbol is found by its bits, whatever stands behind them: codes of all depths, with and without second tables.</summary>
    [Fact]
    public void RFC_1951_3_2_2_Each_code_is_found_by_its_bits()
    {
        Random chance = new(4);
        uint[] room = new uint[1_334], codes = new uint[286];
        byte[] lengths = new byte[286];
        for (int round = 0; round < 200; round++)
        {
            int[] frequencies = [.. Enumerable.Range(0, 286).Select(symbol => chance.Next(round % 4 + 1) > 0 ? 0 : 1 << chance.Next(round % 20))];
            CodeLengths.Find(frequencies, 15, lengths);
            EncodingCode.Assign(lengths, codes);
            int firstBits = 10;
            Assert.Equal(DeflateFault.None, DecodingTable.Build(lengths, Alphabet.Literals, room, ref firstBits));
            Assert.Equal(Math.Min(10, (int)lengths.Max()), firstBits);
            DecodingTable table = new(room, firstBits);
            for (int symbol = 0; symbol < 286; symbol++)
            {
                if (lengths[symbol] == 0) continue;
                ulong behind = (ulong)chance.NextInt64() << lengths[symbol];
                Entry found = table.Look(codes[symbol] & EncodingCode.BitsMask | behind);
                Assert.Equal(Entry.Of(Alphabet.Literals, symbol).WithLength(lengths[symbol]), found);
            }
        }
    }

    /// <summary>The most that second tables can need: no more than there is room for.</summary>
    [Theory]
    [InlineData("Literals", 286, 10, 1_334)]
    [InlineData("Distances", 30, 8, 402)]
    public void The_room_is_enough_for_the_deepest_codes(string alphabet, int symbols, int firstBits, int entries)
    {
        for (int deep = 2; deep < symbols; deep++)
        {
            // as many codes of 15 bits as there can be beside a ladder that takes up the rest
            byte[] lengths = new byte[symbols];
            int left = 1 << 15, at = 0;
            for (int bits = 1; bits < 15 && symbols - at > deep; bits++)
                if (left - (1 << (15 - bits)) >= deep)
                {
                    lengths[at++] = (byte)bits;
                    left -= 1 << (15 - bits);
                    if (left - (1 << (15 - bits)) >= deep) bits--;
                }
            if (left > symbols - at) continue;
            lengths.AsSpan(at, left).Fill(15);
            uint[] room = new uint[entries];
            int first = firstBits;
            Assert.Equal(DeflateFault.None, DecodingTable.Build(lengths, Enum.Parse<Alphabet>(alphabet), room, ref first));
        }
    }
}
