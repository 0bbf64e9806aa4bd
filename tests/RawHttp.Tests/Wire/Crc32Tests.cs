using System.Text;
using CsCheck;
using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class Crc32Tests
{
    // RFC 1952 §8, as it is defined: one bit after the other, highest power first, no table and no trick.
    static uint Slowly(ReadOnlySpan<byte> bytes)
    {
        uint remainder = uint.MaxValue;
        foreach (byte next in bytes)
        {
            remainder ^= next;
            for (int bit = 0; bit < 8; bit++) remainder = (remainder & 1) != 0 ? (remainder >> 1) ^ 0xEDB88320 : remainder >> 1;
        }
        return ~remainder;
    }

    [Theory]
    [InlineData("", 0x00000000)]
    [InlineData("a", 0xE8B7BE43)]
    [InlineData("123456789", 0xCBF43926)] // the check value that catalogues of CRCs give
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339)]
    public void Known_values(string text, uint expected) => Assert.Equal(expected, Crc32.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void RFC_1952_8_it_is_what_one_bit_after_the_other_gives() =>
        Gen.Byte.Array[0, 100].Sample(bytes => Crc32.Of(bytes) == Slowly(bytes));

    [Fact]
    public void A_factor_moves_a_remainder_as_far_as_zeros_behind_it_do()
    {
        // A CRC without its two inversions is the plain remainder, and zeros behind multiply it.
        Gen.Select(Gen.UInt, Gen.Int[0, 300]).Sample((remainder, zeros) =>
        {
            uint slowly = remainder;
            for (int bit = 0; bit < 8 * zeros; bit++) slowly = (slowly & 1) != 0 ? (slowly >> 1) ^ 0xEDB88320 : slowly >> 1;
            return Crc32.Multiply(remainder, Crc32.FactorOf(zeros)) == slowly;
        });
    }

    [Fact]
    public void Remainders_multiply_in_any_order_and_one_changes_nothing() =>
        Gen.Select(Gen.UInt, Gen.UInt, Gen.UInt).Sample((a, b, c) =>
            Crc32.Multiply(a, b) == Crc32.Multiply(b, a)
            && Crc32.Multiply(Crc32.Multiply(a, b), c) == Crc32.Multiply(a, Crc32.Multiply(b, c))
            && Crc32.Multiply(a, Crc32.One) == a
            && Crc32.Multiply(a, b ^ c) == (Crc32.Multiply(a, b) ^ Crc32.Multiply(a, c)));
}
