using System.Text.Json;
using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class BenchReportTests
{
    internal static BenchResult Result(BenchKind kind = BenchKind.Http) => new(new BenchOptions(kind, new Uri("http://127.0.0.1:1/x")), "request")
    {
        Seconds = 2,
        Wire = new(1000, 50_000, 0, 40_000),
        Latency = new(1000, 2000, 3000, 4000, 5000),
        Moments = [new(1, 500, 1000, 3000), new(2, 500, 1000, 3000)],
        Curve = [(0, 900), (50, 1000), (99, 3000), (100, 5000)],
        Before = new(1, 0, 1000),
        After = new(1, 0.01, 501_000),
        Open = 600,
    };

    [Fact]
    public void The_table_has_throughput_percentiles_and_what_an_operation_cost()
    {
        string text = BenchReport.Text(Result());
        Assert.StartsWith("GET, 64 connections, depth 1, flat out: http://127.0.0.1:1/x\n", text, StringComparison.Ordinal);
        Assert.Matches(@"requests per second +500\n", text);
        Assert.Matches(@"latency p99 +3\.00 µs\n", text);
        Assert.Matches(@"server CPU per request +10\.0 µs\n", text);
        Assert.Contains("Verified: every request was right.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_of_idle_connections_is_that_beyond_the_first_ones() =>
        Assert.Equal(1000.0, Result(BenchKind.Idle).BytesPerConnection); // 500,000 bytes for the 500 behind the first 100

    [Fact]
    public void What_was_wrong_is_told_in_words_and_for_machines()
    {
        BenchResult wrong = Result() with { Faults = [(BenchFailure.Lost, 2)], FirstFault = "why" };
        Assert.Contains("WRONG: 2 messages were lost. First: why", BenchReport.Text(wrong), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(BenchReport.Json(wrong));
        Assert.Equal(2, json.RootElement.GetProperty("faults").GetProperty("lost").GetInt32());
        Assert.Equal(3, json.RootElement.GetProperty("latencyMicroseconds").GetProperty("p99").GetDouble());
    }

    [Fact]
    public void A_generator_that_was_the_limit_says_so() =>
        Assert.Contains("The generator used a whole core", BenchReport.Text(Result() with { GeneratorCores = 0.99 }), StringComparison.Ordinal);
}
