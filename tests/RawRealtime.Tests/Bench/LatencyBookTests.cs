using System.Diagnostics;
using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class LatencyBookTests
{
    static long Ticks(double milliseconds) => (long)(milliseconds * Stopwatch.Frequency / 1000);

    [Fact]
    public void Percentiles_are_right_to_three_digits()
    {
        LatencyBook book = new();
        for (int i = 1; i <= 1000; i++) book.Record(Ticks(i));
        Percentiles sum = book.Sum();
        Assert.Equal([500, 900, 990, 999, 1000], new[] { sum.P50, sum.P90, sum.P99, sum.P999, sum.Max }.Select(one => Math.Round(one / 1e6)));
        book.CloseSecond(1, 1);
        Assert.Equal(sum, book.Sum());
        Assert.Equal(1000, Assert.Single(book.Moments).PerSecond);
        Assert.Equal(1000, Math.Round(book.Curve().Last().Nanoseconds / 1e6));
    }

    [Fact]
    public void Nothing_is_0()
    {
        LatencyBook book = new();
        book.CloseSecond(1, 1);
        Assert.Equal(default, book.Sum());
        Assert.Empty(book.Curve());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1e9)]
    public void What_is_out_of_range_counts_as_the_nearest_that_is_not(double milliseconds)
    {
        LatencyBook book = new();
        book.Record(Ticks(milliseconds));
        Assert.Equal(1, book.Count);
        Assert.InRange(book.Sum().Max, 100, 101_000_000_000);
    }

    [Fact]
    public void A_warm_up_is_forgotten()
    {
        LatencyBook book = new();
        book.Record(Ticks(5));
        book.CloseSecond(1, 1);
        book.Clear();
        Assert.Equal((0, 0), (book.Count, book.Moments.Count));
    }
}
