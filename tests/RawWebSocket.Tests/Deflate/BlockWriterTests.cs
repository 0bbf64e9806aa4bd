using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class BlockWriterTests
{
    public static TheoryData<string, int, byte[]> Blocks => new()
    {
        { "RFC 1951 §3.2.4: noise is stored", 0, Contents.Noise(500) },
        { "RFC 1951 §3.2.4: more than 65,535 bytes are stored in parts", 0, Contents.Noise(15_000) },
        { "RFC 1951 §3.2.6: a few bytes take the fixed code", 1, "Hello, hello, hello"u8.ToArray() },
        { "RFC 1951 §3.2.7: much text takes a code of its own", 2, Contents.Json(5_000) },
        { "RFC 1951 §3.2.7: one literal, often", 2, new byte[3_000] },
    };

    [Theory, MemberData(nameof(Blocks))]
    public void The_shortest_type_is_taken(string why, int type, byte[] content)
    {
        TokenBlock block = new(new uint[TokenBlock.RoomFor(content.Length)]);
        block.Clear();
        foreach (byte one in content) block.Add(one);
        byte[] output = new byte[BlockWriter.MaxLength(content.Length)];
        BitWriter writer = new(output);
        BlockWriter.Write(block, content, 1, ref writer);
        writer.Put(0, 3);
        writer.Align();
        TokenWalk walk = new();
        walk.Message(output.AsSpan(0, writer.Length));
        Contents.Same(content, [.. walk.Output], why);
        Assert.Equal(type == 0 ? 0 : 1, walk.Blocks[type == 0 ? 1 : type] + walk.Blocks[type == 0 ? 2 : 3 - type]);
        Assert.True(type == 0 || walk.Blocks[type] == 1, why);
    }

    [Fact]
    public void A_code_of_its_own_is_not_looked_for_in_a_small_block()
    {
        TokenBlock block = new(new uint[TokenBlock.RoomFor(1_000)]);
        block.Clear();
        for (int i = 0; i < 1_000; i++) block.Add((byte)'a');
        BitWriter few = new(new byte[2_000]), many = new(new byte[2_000]);
        BlockWriter.Write(block, new byte[1_000], 1_001, ref few);
        BlockWriter.Write(block, new byte[1_000], 1_000, ref many);
        Assert.True(many.Length < 200 && few.Length >= 1_000);
    }
}
