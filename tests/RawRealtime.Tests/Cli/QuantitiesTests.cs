using RawRealtime.Cli;

namespace RawRealtime.Tests.Cli;

public sealed class QuantitiesTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1000", 1000)]
    [InlineData("5B", 5)]
    [InlineData("64KiB", 65_536)]
    [InlineData("16mib", 16_777_216)]
    [InlineData("2GiB", 2_147_483_648)]
    public void A_size_is_a_number_and_a_unit(string text, long expected)
    {
        Assert.True(Quantities.TryReadBytes(text, out ByteSize size));
        Assert.Equal(expected, size.Bytes);
    }

    [Theory]
    [InlineData("90", 90_000)]
    [InlineData("250ms", 250)]
    [InlineData("90s", 90_000)]
    [InlineData("5m", 300_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("2d", 172_800_000)]
    public void A_duration_is_a_number_and_a_unit_and_bare_it_is_seconds(string text, long expectedMilliseconds)
    {
        Assert.True(Quantities.TryReadDuration(text, out Duration duration));
        Assert.Equal(expectedMilliseconds, (long)duration.Time.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MiB")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5MiB")]
    [InlineData("1 MiB")]
    [InlineData("16MB")]
    [InlineData("0x10")]
    [InlineData("9223372036854775807KiB")]
    public void What_is_no_size_is_refused(string text) => Assert.False(Quantities.TryReadBytes(text, out _));

    [Theory]
    [InlineData(16L << 20, "16MiB")]
    [InlineData(1000, "1000B")]
    public void A_size_is_written_with_its_largest_unit(long bytes, string expected) => Assert.Equal(expected, Quantities.WriteBytes(bytes));

    [Theory]
    [InlineData(3600, "1h")]
    [InlineData(90, "90s")]
    public void A_duration_is_written_with_its_largest_unit(int seconds, string expected) =>
        Assert.Equal(expected, Quantities.WriteDuration(TimeSpan.FromSeconds(seconds)));
}
