using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class PublishersTests
{
    [Fact]
    public async Task A_refused_publish_is_told()
    {
        await using PlantedServer server = new(async stream =>
        {
            string head = await BenchRig.ReadHeadAsync(stream);
            bool isPost = head.StartsWith("POST", StringComparison.Ordinal);
            await stream.WriteAsync(isPost ? "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"u8.ToArray() : "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray());
            await BenchRig.ReadAsync(stream, 1 << 20);
        });
        BenchOptions options = BenchRig.Short(BenchKind.FanOut, server.Http) with { Connections = 1, Transport = BenchTransport.Sse, PublishUrl = server.Http };
        Assert.Equal("wrong-status lost", BenchRig.FaultsOf(await BenchRig.RunAsync(options)));
    }
}
