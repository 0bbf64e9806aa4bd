using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class ReceivedWindowTests
{
    [Theory]
    [InlineData(256)]
    [InlineData(1_024)]
    public void RFC_7692_7_1_2_The_last_window_of_bytes_can_be_copied_from_any_place(int window)
    {
        ReceivedWindow kept = default;
        List<byte> all = [];
        Random chance = new(9);
        for (int round = 0; round < 60; round++)
        {
            byte[] message = new byte[chance.Next(round % 9 == 0 ? 3 * window : window / 2)];
            chance.NextBytes(message);
            kept.Append(message, window);
            all.AddRange(message);
            int count = Math.Min(window, all.Count);
            Assert.Equal(count, kept.Count);
            Assert.InRange(kept.HeldBytes, count, window);
            for (int back = 1; back <= count; back++)
            {
                byte[] copy = new byte[Math.Min(back, 40)];
                kept.Copy(back, copy);
                Contents.Same([.. all.Skip(all.Count - back).Take(copy.Length)], copy, $"{back} back");
            }
        }
        Assert.Equal(window, kept.HeldBytes);
        kept.Give();
        kept.Give();
        Assert.Equal((0, 0), (kept.HeldBytes, kept.Count));
    }
}
