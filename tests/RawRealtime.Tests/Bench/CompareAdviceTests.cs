using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class CompareAdviceTests
{
    internal static CompareResult Result(double streamCpu = 6, long streamP99 = 1_000_000, long pollBytes = 800_000)
    {
        CompareOptions options = new(null) { Rates = [100], Sizes = [100] };
        return new(options,
            [Cell(BenchTransport.Ws, 6, 1_000_000, 104_000), Cell(BenchTransport.Sse, streamCpu, streamP99, 150_000), Cell(BenchTransport.Poll, 12, 2_000_000, pollBytes)],
            [.. CompareRunner.Transports.Select(transport => new CompareStanding(transport, 2048, new(500_000, 200, 300)))]);
    }

    static CompareCell Cell(BenchTransport transport, double cpuMicroseconds, long p99, long received)
    {
        WireCount wire = new(1000, received, 0, 0);
        BenchResult run = new(new(BenchKind.FanOut, new("http://h/")), "delivery")
        {
            Seconds = 1,
            Wire = wire,
            WholeWire = wire,
            Latency = new(1, 1, p99, p99, p99),
            Before = default(ProcessUsage),
            After = new(cpuMicroseconds / 1000, 0, 0),
        };
        return new(transport, 100, 100, run);
    }

    [Theory]
    [InlineData(6, 1_000_000, "Clients that only listen: event stream; it is as fast and as cheap")]
    [InlineData(6, 9_000_000, "Clients that only listen: event stream; it is as fast and as cheap")] // 8 ms more are not noticed
    [InlineData(9, 1_000_000, "since an event stream costs the server more here")]
    [InlineData(6, 30_000_000, "since an event stream is slower here")]
    [InlineData(9, 30_000_000, "since an event stream is slower and costs the server more here")]
    public void The_conclusion_follows_from_the_numbers(double streamCpu, long streamP99, string expected) =>
        Assert.Contains(CompareAdvice.Of(Result(streamCpu, streamP99)), sentence => sentence.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData(800_000, "Long poll: only where the others are not let through; it moved up to 8.00 times the message's bytes, at 100 messages a second of 100 B.")]
    [InlineData(140_000, "Long poll: usable at every rate that was tried, where the others are not let through.")]
    public void Polls_are_judged_by_what_stands_around_a_message(long pollBytes, string expected) =>
        Assert.Equal(expected, CompareAdvice.Of(Result(pollBytes: pollBytes))[^1]);

    [Theory]
    [InlineData(100.0, 110.0, 120.0, "x: no reason to choose, 100 B to 120 B.")]
    [InlineData(100.0, 300.0, 200.0, "x: WebSocket needs least, 100 B; long poll 200 B (2.00 times), event stream 300 B (3.00 times).")]
    [InlineData(null, null, 200.0, null)]
    public void A_figure_is_compared_in_one_sentence(double? socket, double? stream, double? poll, string? expected) =>
        Assert.Equal(expected, CompareAdvice.Sentence("x", [(BenchTransport.Ws, socket), (BenchTransport.Sse, stream), (BenchTransport.Poll, poll)], Figures.Bytes));
}
