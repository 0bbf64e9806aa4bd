using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class FastBitsTests
{
    [Fact]
    public void What_it_did_not_need_goes_back_whatever_was_held_and_spent()
    {
        byte[] bytes = Contents.Noise(20);
        for (int there = 0; there <= 20; there++)
            for (int before = 0; before < Math.Min(20, 8 * there); before++)
                for (int spent = 0; before + spent <= 8 * there && spent <= 48; spent++)
                {
                    BitReader reader = default;
                    ReadOnlySpan<byte> input = bytes.AsSpan(0, there);
                    Assert.True(reader.Need(before, ref input));
                    reader.Drop(before);
                    FastBits fast = new(reader);
                    int at = 0;
                    fast.Refill(input, ref at);
                    Assert.True(fast.Held >= 56 || at == input.Length);
                    if (spent > fast.Held) continue;
                    fast.Drop(spent);
                    reader = fast.End(ref input, at);
                    Assert.Equal(0ul, reader.Bits >> reader.Held);
                    int place = before + spent;
                    for (; reader.Need(1, ref input); place++)
                    {
                        Assert.Equal(bytes[place >> 3] >> (place & 7) & 1, reader.At(0, 1));
                        reader.Drop(1);
                    }
                    Assert.Equal(8 * there, place);
                }
    }
}
