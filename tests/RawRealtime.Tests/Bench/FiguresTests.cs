using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0 ns")]
    [InlineData(999, "999 ns")]
    [InlineData(1234, "1.23 µs")]
    [InlineData(45_678_000, "45.7 ms")]
    [InlineData(3e9, "3.00 s")]
    public void Times_have_three_digits(double nanoseconds, string expected) => Assert.Equal(expected, Figures.Time(nanoseconds));

    [Theory]
    [InlineData(123, "123 B")]
    [InlineData(2048, "2.00 KiB")]
    [InlineData(-300 << 20, "-300 MiB")]
    public void So_have_sizes(double bytes, string expected) => Assert.Equal(expected, Figures.Bytes(bytes));

    [Theory]
    [InlineData(1_234_567, "1,234,567")]
    [InlineData(3, "3")]
    [InlineData(0.25, "0.25")]
    public void Counts_are_whole_when_they_are_large(double count, string expected) => Assert.Equal(expected, Figures.Count(count));
}
