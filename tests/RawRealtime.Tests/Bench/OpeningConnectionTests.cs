using System.Text;
using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class OpeningConnectionTests
{
    [Theory]
    [InlineData(nameof(BenchTransport.Ws), "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "A WebSocket was answered with 404 (NotSwitched).")]
    [InlineData(nameof(BenchTransport.Ws), "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n", "A WebSocket was answered with 101 (WrongAccept).")]
    [InlineData(nameof(BenchTransport.Sse), "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", "An event stream was answered with 503.")]
    [InlineData(nameof(BenchTransport.Sse), "nonsense\r\n\r\n", "An answer breaks a rule of HTTP: bad-status-line.")]
    [InlineData(nameof(BenchTransport.Sse), "", "The server ended a connection instead of an answer.")]
    public async Task What_is_not_opened_is_told_with_the_reason(string transport, string answer, string expected)
    {
        await using PlantedServer server = new(async stream =>
        {
            await BenchRig.ReadHeadAsync(stream);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        });
        BenchResult result = await BenchRig.RunAsync(BenchRig.Short(BenchKind.Idle, server.Http) with { Transport = BenchRig.Via(transport) });
        Assert.Equal((BenchFailure.NotOpened, expected), (result.Faults[0].Fault, result.FirstFault));
    }

    [Fact]
    public void A_request_carries_its_fields()
    {
        string head = Encoding.ASCII.GetString(BenchRequests.Head("GET", new("http://h:81/a?b=c"), [new("X", "y")]));
        Assert.Equal("GET /a?b=c HTTP/1.1\r\nHost: h:81\r\nX: y\r\n\r\n", head);
    }
}
