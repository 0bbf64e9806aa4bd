using RawWebSocket.Wire;

namespace RawWebSocket.Tests.Wire;

public sealed class MessageAssemblerTests
{
    static FrameHeader Header(Opcode opcode, long length, bool isFinal = false) => FrameHeader.Of(opcode, isFinal, length);

    [Fact]
    public void The_first_fragment_says_the_kind()
    {
        using var message = new MessageAssembler(WsLimits.Default);
        Assert.False(message.IsOpen);
        message.BeginFrame(Header(Opcode.Binary, 1));
        message.BeginFrame(Header(Opcode.Continuation, 1));
        Assert.Equal((true, Opcode.Binary), (message.IsOpen, message.Kind));
    }

    [Fact]
    public void The_only_piece_is_handed_back_as_it_is()
    {
        using var message = new MessageAssembler(WsLimits.Default);
        byte[] piece = [1, 2, 3];
        message.BeginFrame(Header(Opcode.Binary, 3, isFinal: true));
        Assert.True(message.End(piece).Span.Overlaps(piece));
        Assert.Equal((false, 0), (message.IsOpen, message.HeldBytes));
    }

    [Fact]
    public void Pieces_are_joined_in_order_over_growing_blocks()
    {
        byte[] whole = new byte[300_000];
        new Random(3).NextBytes(whole);
        using var message = new MessageAssembler(WsLimits.Default);
        message.BeginFrame(Header(Opcode.Binary, whole.Length, isFinal: true));
        int at = 0;
        for (int size = 1; at + size < whole.Length; at += size, size = size * 3 % 5000 + 1)
            message.Append(whole.AsSpan(at, size));
        Assert.Equal(whole, message.End(whole.AsMemory(at)).ToArray());
    }

    [Fact]
    public void Memory_grows_with_what_came_and_not_with_what_was_claimed()
    {
        using var message = new MessageAssembler(new() { MaxMessageBytes = 1 << 30 });
        message.BeginFrame(Header(Opcode.Binary, 1 << 30));
        byte[] piece = new byte[1000];
        for (int came = piece.Length; came < 200_000; came += piece.Length)
        {
            message.Append(piece);
            Assert.True(message.HeldBytes <= Math.Max(4096, 4 * came), $"{message.HeldBytes} held for {came}");
        }
    }

    [Theory]
    [InlineData("10.4 at the limit", 6, WsFault.None)]
    [InlineData("10.4 one above", 7, WsFault.MessageTooBig)]
    [InlineData("10.4 far above", long.MaxValue, WsFault.MessageTooBig)]
    public void What_a_header_claims_is_added_to_what_came(string rule, long claimed, WsFault expected)
    {
        using var message = new MessageAssembler(new() { MaxMessageBytes = 10 });
        message.BeginFrame(Header(Opcode.Text, 4));
        message.Append([1, 2, 3, 4]);
        Assert.True(expected == message.BeginFrame(Header(Opcode.Continuation, claimed)), rule);
    }

    [Fact]
    public void Fragments_are_counted_anew_for_each_message()
    {
        using var message = new MessageAssembler(new() { MaxFragments = 2 });
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(WsFault.None, message.BeginFrame(Header(Opcode.Text, 0)));
            Assert.Equal(WsFault.None, message.BeginFrame(Header(Opcode.Continuation, 0)));
            message.End(default);
        }
        message.BeginFrame(Header(Opcode.Text, 0));
        message.BeginFrame(Header(Opcode.Continuation, 0));
        Assert.Equal(WsFault.TooManyFragments, message.BeginFrame(Header(Opcode.Continuation, 0)));
    }

    [Fact]
    public void Letting_go_keeps_a_message_that_is_still_open()
    {
        using var message = new MessageAssembler(WsLimits.Default);
        message.BeginFrame(Header(Opcode.Binary, 3));
        message.Append([1, 2]);
        message.LetGo();
        Assert.Equal([1, 2, 3], message.End(new byte[] { 3 }).ToArray());
        message.LetGo();
        Assert.Equal(0, message.HeldBytes);
    }
}
