using System.Text.Json;
using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class CompareReportTests
{
    [Fact]
    public void Tables_and_recommendation_are_told()
    {
        string text = CompareReport.Text(CompareAdviceTests.Result());
        Assert.Contains("100 messages a second of 100 B", text, StringComparison.Ordinal);
        Assert.Matches(@"event stream +1 ns +1\.00 ms +1\.00 ms +1\.00 ms +6\.00 µs +0 B +50 B +100 B\n", text);
        Assert.Matches(@"long poll +2\.00 KiB +500 µs +200 B +300 B\n", text);
        Assert.Contains("Verified: every delivery came once and in order.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void So_they_are_for_machines()
    {
        using JsonDocument json = JsonDocument.Parse(CompareReport.Json(CompareAdviceTests.Result()));
        Assert.Equal(50, json.RootElement.GetProperty("runs")[1].GetProperty("framingBytes").GetDouble());
        Assert.Equal(3, json.RootElement.GetProperty("standings").GetArrayLength());
    }

    [Fact]
    public void A_page_asks_for_nothing()
    {
        string page = CompareReport.Html(CompareAdviceTests.Result(), DateTimeOffset.UnixEpoch);
        Assert.Contains("<table>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
    }
}
