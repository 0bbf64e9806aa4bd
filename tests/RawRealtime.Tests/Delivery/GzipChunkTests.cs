using System.Globalization;
using System.Text;
using RawHttp.Wire;
using RawNet;
using RawRealtime.Delivery;

namespace RawRealtime.Tests.Delivery;

/// <summary>Pieces of a gzip stream. RFC 1951 §3.2, RFC 1952 §2.2.</summary>
public sealed class GzipChunkTests
{
    static byte[] BlocksOf(ReadOnlySpan<byte> piece)
    {
        SharedBytes chunk = GzipChunk.Of(piece);
        string text = Encoding.Latin1.GetString(chunk.Span);
        chunk.Release();
        int line = text.IndexOf('\n', StringComparison.Ordinal) + 1;
        int size = int.Parse(text[..(line - 2)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        Assert.Equal(line + size + 2, text.Length);
        Assert.EndsWith("\r\n", text);
        return Encoding.Latin1.GetBytes(text[line..^2]);
    }

    [Theory]
    [InlineData(":\n\n", "000300FCFF3A0A0A")] // stored: no flush is needed behind it
    [InlineData("HelloHelloHelloHello", "F248CDC9C9472300000000FFFF")] // the fixed code, and a flush
    public void A_piece_takes_the_shorter_of_two_forms(string piece, string hex) => Assert.Equal(hex, Convert.ToHexString(BlocksOf(Encoding.ASCII.GetBytes(piece))));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(300)]
    [InlineData(70_000)]
    public void Pieces_in_any_order_make_one_stream_and_each_can_be_read_when_its_last_byte_has_come(int length)
    {
        byte[] noise = new byte[length];
        new Random(length).NextBytes(noise);
        string[] pieces = [Convert.ToHexString(noise), new('a', length), ":\n\n", Convert.ToBase64String(noise)];
        foreach (string[] order in (string[][])[pieces, [.. pieces.Reverse()]])
        {
            using LiveGunzip gunzip = new();
            Assert.Equal("", gunzip.Feed(GzipWriter.Header));
            foreach (string piece in order) Assert.Equal(piece, gunzip.Feed(BlocksOf(Encoding.ASCII.GetBytes(piece))));
        }
    }

    [Fact]
    public void Noise_grows_by_five_bytes_for_each_64_KiB_and_no_more()
    {
        byte[] noise = new byte[70_000];
        new Random(1).NextBytes(noise);
        Assert.Equal(70_010, BlocksOf(noise).Length);
    }
}
