using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class CodeHeadTests
{
    /// <summary>What is written reads the same, and takes as many bits as were said.</summary>
    [Fact]
    public void RFC_1951_3_2_7_Lengths_of_all_kinds_are_told_in_runs()
    {
        Random chance = new(2);
        for (int round = 0; round < 200; round++)
        {
            int[] literals = new int[286], distances = new int[30];
            for (int at = 0; at < 286; at += 1 + chance.Next(1 << chance.Next(8))) literals[at] = 1 + chance.Next(50);
            for (int at = 0; at < 30; at += 1 + chance.Next(9)) distances[at] = 1 + chance.Next(50);
            (literals[97], literals[256], literals[257], distances[0]) = (5, 1, 5, 5);
            byte[] literalLengths = new byte[286], distanceLengths = new byte[30], output = new byte[600];
            CodeLengths.Find(literals, 15, literalLengths);
            CodeLengths.Find(distances, 15, distanceLengths);
            CodeHead head = new(literalLengths, distanceLengths);
            BitWriter writer = new(output);
            writer.Put(0b100, 3);
            head.Write(ref writer);
            Bits bits = new();
            foreach (byte one in output.AsSpan(0, (head.Bits + 3) / 8)) bits.Put(one, 8);
            bits.Put(output[(head.Bits + 3) / 8], (head.Bits + 3) % 8); // exactly so many bits
            bits.Code(literalLengths, 97).Code(literalLengths, 257).Code(distanceLengths, 0).Code(literalLengths, 256).Put(0, 3);
            using MessageInflater inflater = new(15, false);
            Assert.Equal("aaaa"u8.ToArray(), Contents.Inflate(inflater, bits.Bytes, 4, 1000));
        }
    }
}
