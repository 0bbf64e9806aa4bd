using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class BenchConnectionTests
{
    [Fact]
    public async Task A_server_that_is_not_there_is_told()
    {
        Uri nobody;
        await using (PlantedServer gone = new(_ => Task.CompletedTask)) nobody = gone.Http;
        BenchResult result = await BenchRig.RunAsync(BenchRig.Short(BenchKind.Http, nobody));
        Assert.Equal((BenchFailure.NotOpened, 2L), Assert.Single(result.Faults));
    }

    [Fact]
    public async Task A_connection_that_ends_is_told()
    {
        await using PlantedServer server = new(async stream => await BenchRig.ReadHeadAsync(stream));
        Assert.StartsWith("ended", BenchRig.FaultsOf(await BenchRig.RunAsync(BenchRig.Short(BenchKind.Http, server.Http))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_without_end_is_told()
    {
        await using PlantedServer server = new(async stream =>
        {
            await BenchRig.ReadHeadAsync(stream);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray());
            while (true) await stream.WriteAsync("X-More: and more and more and more\r\n"u8.ToArray());
        });
        Assert.StartsWith("bad-bytes", BenchRig.FaultsOf(await BenchRig.RunAsync(BenchRig.Short(BenchKind.Http, server.Http))), StringComparison.Ordinal);
    }
}
