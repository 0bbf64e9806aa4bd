using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class FanOutScenarioTests
{
    [Fact]
    public async Task Deliveries_that_never_come_are_told_at_the_end()
    {
        await using PlantedServer server = new(async stream =>
        {
            string head = await BenchRig.ReadHeadAsync(stream);
            if (head.StartsWith("GET", StringComparison.Ordinal)) await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray());
            else await stream.WriteAsync("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            await BenchRig.ReadAsync(stream, 1 << 20);
        });
        BenchResult result = await BenchRig.RunAsync(BenchRig.Short(BenchKind.FanOut, server.Http) with
        {
            Transport = BenchTransport.Sse,
            Connections = 3,
            Depth = 1,
            PublishUrl = server.Http,
            DrainTime = TimeSpan.FromMilliseconds(50),
        });
        Assert.Equal((BenchFailure.Lost, 3L), Assert.Single(result.Faults));
    }
}
