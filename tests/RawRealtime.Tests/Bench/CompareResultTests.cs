using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class CompareResultTests
{
    [Theory]
    [InlineData(10, 1300, 0, 0, 0, 30)]          // frames and no heads
    [InlineData(10, 3000, 1500, 1000, 250, 50)]  // polls: both heads for each
    [InlineData(0, 500, 0, 0, 0, 0)]
    public void Bytes_are_told_by_what_they_are(long deliveries, long received, long heads, long sent, double headsEach, double framingEach)
    {
        WireShare share = WireShare.Of(new(deliveries, received, heads, sent), size: 100);
        Assert.Equal((headsEach, framingEach), (share.Heads, share.Framing));
    }
}
