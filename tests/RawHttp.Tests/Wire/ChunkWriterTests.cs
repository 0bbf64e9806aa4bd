using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class ChunkWriterTests
{
    [Theory]
    [InlineData(1, "1\r\n")]
    [InlineData(15, "f\r\n")]
    [InlineData(16, "10\r\n")]
    [InlineData(0xABCD, "abcd\r\n")]
    [InlineData(int.MaxValue, "7fffffff\r\n")]
    public void Sizes_are_hexadecimal(int length, string expected)
    {
        byte[] block = new byte[ChunkWriter.MaxHeadBytes];
        int written = ChunkWriter.WriteHead(block, length);
        Assert.Equal(expected, Bytes.Text(block.AsSpan(0, written)));
        if (length < int.MaxValue) Assert.Equal(written + length + 2, ChunkWriter.FramedLength(length));
    }

    [Fact]
    public void A_chunk_of_nothing_would_end_the_content() => Assert.Throws<ArgumentOutOfRangeException>(() => ChunkWriter.Write(new byte[64], default));

    [Fact]
    public void Too_little_room_is_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => ChunkWriter.Write(new byte[7], "abc"u8));
        Assert.Throws<ArgumentException>(() => ChunkWriter.WriteHead(new byte[3], 0x10));
    }

    [Theory] // RFC 9112 §7.1
    [InlineData("", "0\r\n\r\n")]
    [InlineData("A: b\r\n", "0\r\nA: b\r\n\r\n")]
    public void Trailers_stand_between_the_last_chunk_and_the_empty_line(string lines, string expected)
    {
        byte[] block = new byte[ChunkWriter.LastLength(lines.Length)];
        ChunkWriter.WriteLast(block, Bytes.Of(lines));
        Assert.Equal(expected, Bytes.Text(block));
    }

    [Fact]
    public void What_is_written_reads_the_same()
    {
        byte[] block = new byte[64];
        int length = ChunkWriter.Write(block, "hello, world of chunks"u8);
        ChunkWriter.LastChunk.CopyTo(block.AsSpan(length));
        var reader = new ChunkedBodyReader(HttpLimits.Default);
        string content = "";
        for (int at = 0; !reader.IsComplete;)
        {
            ReadResult result = reader.Read(block.AsSpan(at, length + ChunkWriter.LastChunk.Length - at), out ReadOnlySpan<byte> data);
            Assert.Equal(ReadStatus.Done, result.Status);
            content += Bytes.Text(data);
            at += result.Consumed;
        }
        Assert.Equal("hello, world of chunks", content);
    }
}
