using RawRealtime.Bench;
using RawRealtime.Tests.EndToEnd;

namespace RawRealtime.Tests.Bench;

/// <summary>Each kind of run against our own server, with few connections and little time.</summary>
public sealed class BenchRunnerTests
{
    static async Task<BenchResult> RunAsync(BenchKind kind, string path, Func<BenchOptions, BenchOptions> change)
    {
        await using LiveServer server = new();
        Uri url = new(path.StartsWith("/ws", StringComparison.Ordinal) || path == "/echo" ? server.SocketAddress : server.Http.BaseAddress!, path);
        BenchOptions options = change(BenchRig.Short(kind, url));
        if (options.PublishUrl is { } publish) options = options with { PublishUrl = new(publish.IsAbsoluteUri ? new Uri(server.SocketAddress, publish.PathAndQuery) : server.Http.BaseAddress!, publish.IsAbsoluteUri ? "" : publish.ToString()) };
        BenchResult result = await BenchRig.RunAsync(options);
        Assert.True(result.IsRight, BenchReport.Verdict(result));
        return result;
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(8, null)]
    [InlineData(2, 200.0)]
    public async Task Requests_are_answered(int depth, double? rate)
    {
        BenchResult result = await RunAsync(BenchKind.Http, "/healthz", options => options with { Depth = depth, Rate = rate });
        Assert.InRange(result.Operations, 10, long.MaxValue);
        Assert.True(result.Latency.P50 > 0);
    }

    [Theory]
    [InlineData(1, BenchRig.Size)]
    [InlineData(8, 300)]
    [InlineData(2, 200_000)]
    public async Task Echoes_come_back(int depth, int size) =>
        Assert.InRange((await RunAsync(BenchKind.Ws, "/echo", options => options with { Depth = depth, Size = size })).Operations, 1, long.MaxValue);

    [Theory]
    [InlineData(nameof(BenchTransport.Ws), "/ws?channel=b")]
    [InlineData(nameof(BenchTransport.Sse), "/events?channel=b")]
    [InlineData(nameof(BenchTransport.Poll), "/poll?channel=b&wait=60")]
    public async Task What_is_published_reaches_all_flat_out_and_at_a_rate(string transport, string path)
    {
        foreach (double? rate in new double?[] { null, 100 })
        {
            BenchResult result = await RunAsync(BenchKind.FanOut, path, options => options with { Transport = BenchRig.Via(transport), Connections = 5, Depth = 8, Rate = rate, PublishUrl = new("/publish?channel=b", UriKind.Relative) });
            Assert.InRange(result.Operations, 5, long.MaxValue);
            Assert.Equal(6, result.Open);
        }
    }

    [Fact]
    public async Task A_WebSocket_can_be_the_publisher() => Assert.InRange((await RunAsync(BenchKind.FanOut, "/ws?channel=b", options =>
        options with { Connections = 3, Depth = 4, PublishUrl = new("ws://x/ws?channel=b") })).Operations, 3, long.MaxValue);

    [Theory]
    [InlineData(nameof(BenchTransport.Ws), "/ws?channel=b")]
    [InlineData(nameof(BenchTransport.Sse), "/events?channel=b")]
    [InlineData(nameof(BenchTransport.Poll), "/poll?channel=b&wait=60")]
    [InlineData(nameof(BenchTransport.Http), "/healthz")]
    public async Task Idle_connections_stay(string transport, string path) =>
        Assert.Equal(3, (await RunAsync(BenchKind.Idle, path, options => options with { Transport = BenchRig.Via(transport), Connections = 3 })).Open);

    [Theory]
    [InlineData(nameof(BenchTransport.Http), "/healthz", null)]
    [InlineData(nameof(BenchTransport.Ws), "/echo", null)]
    [InlineData(nameof(BenchTransport.Http), "/healthz", 100.0)]
    public async Task Connections_come_and_go(string transport, string path, double? rate) =>
        Assert.InRange((await RunAsync(BenchKind.Connect, path, options => options with { Transport = BenchRig.Via(transport), Rate = rate })).Operations, 5, long.MaxValue);
}
