using System.IO.Compression;
using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class GzipWriterTests
{
    static byte[] Stored(byte[] piece)
    {
        byte[] bytes = new byte[GzipWriter.StoredLength(piece.Length)];
        Assert.Equal(bytes.Length, GzipWriter.WriteStored(bytes, piece));
        return bytes;
    }

    static byte[] Whole(params byte[][] pieces)
    {
        GzipTrailer trailer = default;
        foreach (byte[] piece in pieces) trailer.Add(GzipSum.Of(piece));
        byte[] end = new byte[GzipTrailer.Bytes];
        trailer.Write(end);
        return [.. GzipWriter.Header, .. pieces.SelectMany(Stored), .. end];
    }

    static byte[] Unzipped(byte[] stream)
    {
        using GZipStream gzip = new(new MemoryStream(stream), CompressionMode.Decompress);
        using MemoryStream content = new();
        gzip.CopyTo(content);
        return content.ToArray();
    }

    [Fact]
    public void RFC_1951_3_2_4_a_stored_block_is_its_length_twice_and_the_bytes() => Assert.Equal("000300FCFF616263", Convert.ToHexString(Stored([.. "abc"u8])));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 6)]
    [InlineData(65_535, 65_540)]
    [InlineData(65_536, 65_546)]
    [InlineData(200_000, 200_020)]
    public void RFC_1951_3_2_4_a_block_holds_65535_bytes_at_most(int length, int expected) => Assert.Equal(expected, Stored(new byte[length]).Length);

    [Theory]
    [InlineData()]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1, 0, 70_000, 3)]
    public void RFC_1952_2_2_the_base_library_reads_header_pieces_and_trailer(params int[] lengths)
    {
        byte[][] pieces = [.. lengths.Select(length => Enumerable.Range(0, length).Select(i => (byte)(i * 31)).ToArray())];
        Assert.Equal([.. pieces.SelectMany(piece => piece)], Unzipped(Whole(pieces)));
    }

    [Fact]
    public void RFC_1952_2_3_1_the_base_library_finds_a_wrong_sum()
    {
        byte[] stream = Whole([.. "abc"u8]);
        stream[^5] ^= 1;
        Assert.Throws<InvalidDataException>(() => Unzipped(stream));
    }
}
