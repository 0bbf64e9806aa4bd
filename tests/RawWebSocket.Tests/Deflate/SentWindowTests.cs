using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class SentWindowTests
{
    [Theory]
    [InlineData(256, false)]
    [InlineData(256, true)]
    [InlineData(2_048, true)]
    public void RFC_7692_7_1_2_The_last_window_of_bytes_stays_in_front_of_what_is_added(int window, bool hasChain)
    {
        SentWindow sent = new(window, hasChain);
        List<byte> all = [];
        Random chance = new(6);
        for (int round = 0; round < 60; round++)
        {
            byte[] message = new byte[1 + chance.Next(round % 9 == 0 ? 3 * window : window / 2)];
            chance.NextBytes(message);
            sent.Begin(message.Length, keepsContext: true);
            ReadOnlySpan<byte> rest = message;
            while (!rest.IsEmpty)
            {
                int before = all.Count, start = sent.Add(ref rest);
                all.AddRange(sent.Bytes[start..]);
                Assert.InRange(start, Math.Min(before, window), 2 * window);
                Contents.Same([.. all.TakeLast(sent.Bytes.Length)], sent.Bytes, $"round {round}");
            }
            Assert.Equal(message, all.TakeLast(message.Length));
        }
        sent.Give();
        sent.Give();
        Assert.Equal(0, sent.HeldBytes);
    }

    [Fact]
    public void Places_move_down_with_their_bytes()
    {
        SentWindow sent = new(256, false);
        sent.Begin(2_000, keepsContext: true);
        ReadOnlySpan<byte> first = new byte[200], second = new byte[200], third = new byte[200];
        sent.Add(ref first);
        sent.Add(ref second);
        (sent.Heads[3], sent.Heads[4], sent.Heads[5]) = (100, 144, 399);
        Assert.Equal(256, sent.Add(ref third)); // of 400 bytes 144 are gone
        Assert.Equal((0, 0, 255, 144u), (sent.Heads[3], sent.Heads[4], sent.Heads[5], sent.Moved));
        sent.Give();
    }
}
