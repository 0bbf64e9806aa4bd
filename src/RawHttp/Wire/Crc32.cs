using System.Buffers.Binary;

namespace RawHttp.Wire;

/// <summary>
/// The CRC of RFC 1952 §8. It is a remainder: the bytes are the coefficients of a polynomial over GF(2), divided by another. The lowest bit is
/// the highest power, so multiplying by x is a shift to the right.
/// </summary>
static class Crc32
{
    /// <summary>x to the power of 0.</summary>
    internal const uint One = 0x8000_0000;

    const uint Divisor = 0xEDB8_8320, ByteFactor = One >> 8; // x to the power of 8: one byte more stands behind

    // What a byte leaves behind when 0 to 7 further bytes follow it.
    static readonly uint[][] Remainders = MakeRemainders();

    /// <summary>The CRC of some bytes.</summary>
    internal static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc;
            crc = 0;
            for (int i = 7; i >= 0; i--, eight >>= 8) crc ^= Remainders[i][(byte)eight];
        }
        foreach (byte next in bytes) crc = Remainders[0][(byte)(crc ^ next)] ^ (crc >> 8);
        return ~crc;
    }

    /// <summary>The product of two remainders.</summary>
    internal static uint Multiply(uint left, uint right)
    {
        uint product = 0;
        for (uint power = One; power != 0; power >>= 1)
        {
            if ((left & power) != 0) product ^= right;
            right = TimesX(right);
        }
        return product;
    }

    /// <summary>What a remainder is multiplied by when so many bytes follow: x to the power of eight times their number.</summary>
    internal static uint FactorOf(int bytesBehind)
    {
        uint factor = One, square = ByteFactor;
        for (; bytesBehind > 0; bytesBehind >>= 1)
        {
            if ((bytesBehind & 1) != 0) factor = Multiply(factor, square);
            square = Multiply(square, square);
        }
        return factor;
    }

    static uint TimesX(uint remainder) => (remainder >> 1) ^ ((remainder & 1) * Divisor);

    static uint[][] MakeRemainders()
    {
        uint[][] all = new uint[8][];
        for (int behind = 0; behind < all.Length; behind++)
        {
            all[behind] = new uint[256];
            for (int value = 0; value < 256; value++) all[behind][value] = RemainderOf((byte)value, behind);
        }
        return all;
    }

    static uint RemainderOf(uint value, int bytesBehind)
    {
        for (int bit = 0; bit < 8 * (bytesBehind + 1); bit++) value = TimesX(value);
        return value;
    }
}
