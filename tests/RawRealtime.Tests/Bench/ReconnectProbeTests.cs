using System.Net;
using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class ReconnectProbeTests
{
    static Task<ReconnectCost> MeasureAsync(PlantedServer server) =>
        ReconnectProbe.MeasureAsync(IPEndPoint.Parse(server.Authority), "GET / HTTP/1.1\r\n\r\n"u8.ToArray(), "xyz"u8.ToArray(), 3, CancellationToken.None);

    [Fact]
    public async Task It_ends_with_the_message_that_was_missed()
    {
        await using PlantedServer server = new(async stream =>
        {
            await BenchRig.ReadHeadAsync(stream);
            await stream.WriteAsync("head xy"u8.ToArray());
            await stream.WriteAsync("xyz"u8.ToArray());
        });
        ReconnectCost cost = await MeasureAsync(server);
        Assert.Equal((18, 10), (cost.BytesSent, cost.BytesReceived));
    }

    [Fact]
    public async Task A_message_that_never_comes_is_told()
    {
        await using PlantedServer server = new(async stream => await BenchRig.ReadHeadAsync(stream));
        await Assert.ThrowsAsync<IOException>(() => MeasureAsync(server));
    }
}
