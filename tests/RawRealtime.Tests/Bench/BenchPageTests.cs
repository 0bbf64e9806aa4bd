using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class BenchPageTests
{
    [Theory]
    [InlineData(nameof(BenchKind.Http), 3)]
    [InlineData(nameof(BenchKind.Idle), 0)]
    public void A_page_has_its_charts_in_it_and_asks_for_nothing(string kind, int charts)
    {
        string page = BenchPage.Of(BenchReportTests.Result(Enum.Parse<BenchKind>(kind)), DateTimeOffset.UnixEpoch);
        Assert.Equal(charts, page.Split("<svg").Length - 1);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", page, StringComparison.Ordinal);
        Assert.Contains("1970-01-01 00:00 UTC", page, StringComparison.Ordinal);
    }
}
