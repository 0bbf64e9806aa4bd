using System.Text;
using RawRealtime.Bench;
using RawWebSocket.Wire;

namespace RawRealtime.Tests.Bench;

public sealed class MessageSlotsTests
{
    [Fact]
    public void Messages_lie_side_by_side_up_to_the_end_of_the_block()
    {
        MessageSlots slots = new(new(16), "<"u8, mask: 0, count: 3);
        ReadOnlyMemory<byte> two = slots.Take(first: 4, wanted: 3);
        Assert.Equal("<|000000000004|ab<|000000000005|ab", Encoding.ASCII.GetString(two.Span));
        Assert.Equal(2, slots.CountOf(two));
        Assert.Equal("<|000000000006|ab", Encoding.ASCII.GetString(slots.Take(6, 1).Span));
    }

    [Fact]
    public void Frames_are_masked()
    {
        byte[] frame = MessageSlots.OfFrames(new(16), mask: 0x01020304, count: 1).Take(9, 1).ToArray();
        Assert.Equal([0x81, 0x90, 4, 3, 2, 1], frame[..6]);
        Masking.Apply(frame.AsSpan(6), 0x01020304, 0);
        Assert.Equal("|000000000009|ab", Encoding.ASCII.GetString(frame[6..]));
    }
}
