using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class BitOrderTests
{
    [Theory]
    [InlineData(0b0000_0000_0000_0001, 0b1000_0000_0000_0000)]
    [InlineData(0b1100_0000_0000_0101, 0b1010_0000_0000_0011)]
    [InlineData(0xFFFF, 0xFFFF)]
    public void RFC_1951_3_1_1_Codes_are_packed_from_their_first_bit(uint bits, uint reversed) => Assert.Equal(reversed, BitOrder.Reversed(bits));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(15)]
    public void The_code_that_follows_is_the_next_number_read_backwards(int length)
    {
        uint code = 0;
        for (uint number = 0; number < 1u << length; number++, code = BitOrder.Following(code, length))
            Assert.Equal(BitOrder.Reversed(number) >> (16 - length), code);
        Assert.Equal(0u, code); // there is none behind the last
    }
}
