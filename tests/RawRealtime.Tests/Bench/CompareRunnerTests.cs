using RawRealtime.Bench;
using RawRealtime.Tests.EndToEnd;

namespace RawRealtime.Tests.Bench;

public sealed class CompareRunnerTests
{
    [Fact]
    public async Task All_transports_deliver_the_same_and_their_bytes_are_counted()
    {
        await using LiveServer server = new();
        CompareOptions options = new(null) { Subscribers = 3, Rates = [50], Sizes = [100], Duration = TimeSpan.FromMilliseconds(300), Rounds = 2, Reconnects = 2 };
        CompareResult result = await new CompareRunner(options, server.Http.BaseAddress!, [], startFresh: null, new(TextWriter.Null, isShown: false)).RunAsync(CancellationToken.None);
        Assert.Null(result.Wrong);
        Assert.Equal(CompareRunner.Transports, result.Cells.Select(cell => cell.Transport));
        Assert.Equal((0.0, 2.0), (result.Cells[0].Share.Heads, result.Cells[0].Share.Framing)); // RFC 6455 §5.2: two bytes for a message of 100
        Assert.Equal(0, result.Cells[1].Share.Heads);
        Assert.True(result.Cells[2].Share.Heads > 100);
        Assert.All(result.Standings, standing => Assert.True(standing.Reconnect.BytesReceived > 100));
    }
}
