using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class LaneScenarioTests
{
    [Fact]
    public async Task An_answer_that_never_comes_is_told_at_the_end()
    {
        await using PlantedServer server = new(async stream => await BenchRig.ReadAsync(stream, 1 << 20));
        BenchResult result = await BenchRig.RunAsync(BenchRig.Short(BenchKind.Http, server.Http) with { Connections = 2, Depth = 3, DrainTime = TimeSpan.FromMilliseconds(50) });
        Assert.Equal((BenchFailure.Unanswered, 6L), Assert.Single(result.Faults));
    }
}
