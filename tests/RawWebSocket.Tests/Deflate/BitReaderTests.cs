using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class BitReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(30)]
    public void RFC_1951_3_1_1_The_lowest_bit_comes_first_however_much_there_is(int there)
    {
        byte[] bytes = Contents.Noise(there);
        BitReader reader = default;
        ReadOnlySpan<byte> input = bytes;
        for (int bit = 0; bit < 8 * there; bit++)
        {
            Assert.True(reader.Need(1, ref input));
            Assert.Equal(bytes[bit >> 3] >> (bit & 7) & 1, reader.At(0, 1));
            Assert.Equal(0ul, reader.Bits >> reader.Held); // nothing that is not held
            reader.Drop(1);
        }
        Assert.False(reader.Need(1, ref input));
    }

    [Fact]
    public void What_is_missing_is_asked_for_and_what_is_there_stays()
    {
        BitReader reader = default;
        ReadOnlySpan<byte> input = [0b1010_0110];
        Assert.False(reader.Need(9, ref input));
        Assert.Equal((8, 0, 0b0110, 0b101), (reader.Held, input.Length, reader.At(0, 4), reader.At(5, 3)));
        reader.Drop(3);
        reader.Align();
        Assert.Equal(0, reader.Held);
    }
}
