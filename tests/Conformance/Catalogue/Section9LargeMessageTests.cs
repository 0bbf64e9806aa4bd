using static Conformance.Catalogue.Frames;

namespace Conformance.Catalogue;

/// <summary>The ground of Autobahn's section 9: large messages, whole, in fragments and in small pieces of the stream; and many small ones. RFC 6455 §5.2 and §5.4.</summary>
public sealed class Section9LargeMessageTests(Testee testee) : IClassFixture<Testee>
{
    const int KiB = 1 << 10, MiB = 1 << 20;

    [Theory]
    [InlineData("RFC 6455 §5.2", "9.1.1 and 9.2.1", 64 * KiB)]
    [InlineData("RFC 6455 §5.2", "9.1.2 and 9.2.2", 256 * KiB)]
    [InlineData("RFC 6455 §5.2", "9.1.3 and 9.2.3", MiB)]
    [InlineData("RFC 6455 §5.2", "9.1.4 and 9.2.4", 4 * MiB)]
    [InlineData("RFC 6455 §5.2", "9.1.5 and 9.2.5", 8 * MiB)]
    [InlineData("RFC 6455 §5.2", "9.1.6 and 9.2.6", 16 * MiB)]
    public async Task A_large_message_comes_back(string clause, string numbers, int length)
    {
        Assert.NotEmpty(clause + numbers);
        await EchoAsync(1, [Of(1, Letters(length))], Letters(length), 1);
        await EchoAsync(2, [Of(2, Pattern(length))], Pattern(length), 1);
    }

    [Theory]
    [InlineData("RFC 6455 §5.4", "9.3.1 and 9.4.1", 64)]
    [InlineData("RFC 6455 §5.4", "9.3.2 and 9.4.2", 256)]
    [InlineData("RFC 6455 §5.4", "9.3.3 and 9.4.3", KiB)]
    [InlineData("RFC 6455 §5.4", "9.3.4 and 9.4.4", 4 * KiB)]
    [InlineData("RFC 6455 §5.4", "9.3.5 and 9.4.5", 16 * KiB)]
    [InlineData("RFC 6455 §5.4", "9.3.6 and 9.4.6", 64 * KiB)]
    [InlineData("RFC 6455 §5.4", "9.3.7 and 9.4.7", 256 * KiB)]
    [InlineData("RFC 6455 §5.4", "9.3.8 and 9.4.8", MiB)]
    [InlineData("RFC 6455 §5.4", "9.3.9 and 9.4.9", 4 * MiB)]
    public async Task Four_MiB_in_fragments_come_back_as_one_message(string clause, string numbers, int fragment)
    {
        Assert.NotEmpty(clause + numbers);
        await EchoAsync(1, [Joined(Fragmented(1, Letters(4 * MiB), fragment))], Letters(4 * MiB), 1);
        await EchoAsync(2, [Joined(Fragmented(2, Pattern(4 * MiB), fragment))], Pattern(4 * MiB), 1);
    }

    [Theory]
    [InlineData("RFC 6455 §5.2", "9.5.1 and 9.6.1", 64)]
    [InlineData("RFC 6455 §5.2", "9.5.2 and 9.6.2", 128)]
    [InlineData("RFC 6455 §5.2", "9.5.3 and 9.6.3", 256)]
    [InlineData("RFC 6455 §5.2", "9.5.4 and 9.6.4", 512)]
    [InlineData("RFC 6455 §5.2", "9.5.5 and 9.6.5", KiB)]
    [InlineData("RFC 6455 §5.2", "9.5.6 and 9.6.6", 2 * KiB)]
    public async Task A_MiB_sent_in_small_pieces_comes_back(string clause, string numbers, int piece)
    {
        Assert.NotEmpty(clause + numbers);
        await EchoAsync(1, [Of(1, Letters(MiB))], Letters(MiB), 1, piece);
        await EchoAsync(2, [Of(2, Pattern(MiB))], Pattern(MiB), 1, piece);
    }

    [Theory]
    [InlineData("RFC 6455 §5.2", "9.7.1 and 9.8.1", 0)]
    [InlineData("RFC 6455 §5.2", "9.7.2 and 9.8.2", 16)]
    [InlineData("RFC 6455 §5.2", "9.7.3 and 9.8.3", 64)]
    [InlineData("RFC 6455 §5.2", "9.7.4 and 9.8.4", 256)]
    [InlineData("RFC 6455 §5.2", "9.7.5 and 9.8.5", KiB)]
    [InlineData("RFC 6455 §5.2", "9.7.6 and 9.8.6", 4 * KiB)]
    public async Task A_thousand_messages_come_back_one_by_one(string clause, string numbers, int length)
    {
        Assert.NotEmpty(clause + numbers);
        await EchoAsync(1, [Joined(Enumerable.Repeat(Of(1, Letters(length)), 1000))], Letters(length), 1000);
        await EchoAsync(2, [Joined(Enumerable.Repeat(Of(2, Pattern(length)), 1000))], Pattern(length), 1000);
    }

    async Task EchoAsync(int opcode, byte[][] sent, byte[] message, int count, int piece = int.MaxValue)
    {
        using RawClient client = await RawClient.OpenAsync(testee.Port);
        Task<bool> sending = client.TrySendAsync([.. sent, Close(1000)], piece);
        for (int i = 0; i < count; i++)
        {
            (int Opcode, ReadOnlyMemory<byte> Payload)? got = await client.ReceiveMessageAsync();
            Assert.Equal(opcode, got?.Opcode);
            Assert.True(got!.Value.Payload.Span.SequenceEqual(message), "another message than the one that was sent");
        }
        Assert.Equal([Back.Close(1000)], await client.ReceiveToEndAsync());
        await sending;
    }

    static byte[] Joined(IEnumerable<byte[]> frames)
    {
        using MemoryStream all = new();
        foreach (byte[] frame in frames) all.Write(frame);
        return all.ToArray();
    }
}
