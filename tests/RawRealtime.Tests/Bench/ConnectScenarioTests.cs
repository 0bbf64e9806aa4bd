using System.Text;
using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class ConnectScenarioTests
{
    [Theory]
    [InlineData(nameof(BenchTransport.Http), "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n", "wrong-status")]
    [InlineData(nameof(BenchTransport.Http), "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", "not-opened")]
    [InlineData(nameof(BenchTransport.Http), "nonsense\r\n\r\n", "bad-bytes")]
    [InlineData(nameof(BenchTransport.Ws), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "wrong-status")]
    [InlineData(nameof(BenchTransport.Ws), "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n", "not-opened")]
    public async Task A_wrong_answer_is_found(string transport, string answer, string expected)
    {
        await using PlantedServer server = new(async stream =>
        {
            await BenchRig.ReadHeadAsync(stream);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        });
        Uri url = transport == nameof(BenchTransport.Ws) ? server.Ws : server.Http;
        BenchResult result = await BenchRig.RunAsync(BenchRig.Short(BenchKind.Connect, url) with { Transport = BenchRig.Via(transport), Connections = 1, Rate = 50 });
        Assert.Equal((expected, 0L), (BenchRig.FaultsOf(result), result.Operations));
    }
}
