using System.Buffers.Binary;
using CsCheck;
using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class GzipTrailerTests
{
    static readonly byte[] Empty = [3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    static byte[] Written(GzipTrailer trailer)
    {
        byte[] bytes = new byte[GzipTrailer.Bytes];
        trailer.Write(bytes);
        return bytes;
    }

    [Fact]
    public void RFC_1952_2_3_1_the_sum_of_nothing_is_zero() => Assert.Equal(Empty, Written(default));

    [Fact]
    public void RFC_1952_2_3_1_the_pieces_sums_make_the_sum_of_the_whole_however_it_is_cut() =>
        Gen.Byte.Array[0, 60].Array[0, 8].Sample(pieces =>
        {
            GzipTrailer trailer = default;
            byte[] kept = new byte[GzipSum.Bytes];
            foreach (byte[] piece in pieces)
            {
                GzipSum.Of(piece).Write(kept);
                trailer.Add(GzipSum.Read(kept));
            }
            byte[] whole = [.. pieces.SelectMany(piece => piece)];
            Assert.Equal((Crc32.Of(whole), (uint)whole.Length), (trailer.Crc, trailer.Length));
            byte[] end = Written(trailer);
            Assert.Equal(trailer.Crc, BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(2)));
            Assert.Equal(trailer.Length, BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(6)));
        });

    [Fact]
    public void RFC_1952_2_3_1_ISIZE_is_the_length_modulo_2_to_the_32()
    {
        GzipTrailer trailer = default;
        for (int i = 0; i < 3; i++) trailer.Add(new(0, int.MaxValue, Crc32.One));
        Assert.Equal(unchecked((uint)(3L * int.MaxValue)), trailer.Length);
    }
}
