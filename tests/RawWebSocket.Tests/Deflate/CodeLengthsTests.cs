using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class CodeLengthsTests
{
    static byte[] Find(int[] frequencies, int maxBits)
    {
        byte[] lengths = new byte[frequencies.Length];
        CodeLengths.Find(frequencies, maxBits, lengths);
        return lengths;
    }

    // Huffman's own way: join the two rarest until one is left. What all codes take together is the sum of what was joined.
    static long Least(int[] frequencies)
    {
        PriorityQueue<long, long> queue = new(frequencies.Where(one => one > 0).Select(one => ((long)one, (long)one)));
        long sum = 0;
        while (queue.Count > 1)
        {
            long joined = queue.Dequeue() + queue.Dequeue();
            sum += joined;
            queue.Enqueue(joined, joined);
        }
        return sum;
    }

    [Fact]
    public void No_code_is_shorter_in_sum()
    {
        Random chance = new(11);
        for (int round = 0; round < 300; round++)
        {
            int[] frequencies = [.. Enumerable.Range(0, 2 + chance.Next(285)).Select(_ => chance.Next(3) == 0 ? 0 : 1 + chance.Next(1 << chance.Next(1, 9)))];
            if (frequencies.Count(one => one > 0) < 2) continue;
            byte[] lengths = Find(frequencies, 15);
            Assert.Equal(Least(frequencies), frequencies.Zip(lengths, (f, l) => (long)f * l).Sum());
        }
    }

    [Theory]
    [InlineData(7, 19)]
    [InlineData(7, 12)]
    [InlineData(15, 30)]
    public void RFC_1951_3_2_7_None_is_longer_than_the_limit_and_all_bits_mean_something(int maxBits, int symbols)
    {
        int[] frequencies = new int[symbols];
        (int one, int other) = (1, 1);
        for (int i = 0; i < symbols; i++) (frequencies[i], one, other) = (one, other, Math.Min(one + other, 1 << 20)); // the deepest code without a limit
        byte[] lengths = Find(frequencies, maxBits);
        Assert.All(lengths, length => Assert.InRange(length, 1, maxBits));
        Assert.Equal(1 << maxBits, lengths.Sum(length => 1 << (maxBits - length)));
        for (int i = 1; i < symbols; i++) Assert.True(lengths[i] <= lengths[i - 1]); // the frequent are no longer than the rare
    }

    [Theory]
    [InlineData(new[] { 0, 0, 0 }, new byte[] { 1, 1, 0 })]
    [InlineData(new[] { 0, 0, 5 }, new byte[] { 1, 0, 1 })]
    [InlineData(new[] { 9, 0, 0 }, new byte[] { 1, 1, 0 })]
    [InlineData(new[] { 1, 0, 1000 }, new byte[] { 1, 0, 1 })]
    public void A_code_has_two_symbols_at_least(int[] frequencies, byte[] lengths) => Assert.Equal(lengths, Find(frequencies, 15));
}
