using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class BenchProgressTests
{
    [Theory]
    [InlineData(true, "\r\e[K1 of 10 s: 2,000/s, p50 1.00 µs, p99 3.00 µs, 4.50 µs CPU each, 7 wrong\r\e[K")]
    [InlineData(false, "")]
    public void A_line_is_told_to_people_only(bool isShown, string expected)
    {
        StringWriter told = new();
        BenchProgress progress = new(told, isShown);
        progress.Second(new(BenchKind.Http, new("http://h/")), new(1, 2000, 1000, 3000), 4.5, 7);
        progress.End();
        Assert.Equal(expected, told.ToString());
    }
}
