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

    [Fact]
    public void Of_several_rounds_the_median_counts_unless_something_was_wrong_in_one()
    {
        CompareCell Round(long p99, double cpu) => new(BenchTransport.Ws, 1, 1, new BenchResult(new(BenchKind.FanOut, new("http://h/")), "delivery") { Latency = new(1, 1, p99, p99, p99) }) { CpuMicroseconds = cpu };
        CompareCell median = CompareCell.Median([Round(3, 10), Round(1, 30), Round(2, 20)]);
        Assert.Equal((2, 20.0), (median.Run.Latency.P99, median.CpuMicroseconds));
        CompareCell wrong = Round(1, 1) with { Run = Round(1, 1).Run with { Faults = [(BenchFailure.Lost, 1)] } };
        Assert.Same(wrong, CompareCell.Median([Round(3, 10), wrong, Round(2, 20)]));
    }
}
