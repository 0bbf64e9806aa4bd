using RawRealtime.Client;
using RawRealtime.Tests.Client;

namespace RawRealtime.Tests.Cli;

public sealed class SubscribeCommandTests
{
    [Theory]
    [InlineData(nameof(SubscribeVia.Auto), "WebSocket")]
    [InlineData(nameof(SubscribeVia.Ws), "WebSocket")]
    [InlineData(nameof(SubscribeVia.Sse), "event stream")]
    [InlineData(nameof(SubscribeVia.Poll), "long poll")]
    public async Task The_transport_that_was_asked_for_is_used(string via, string expected)
    {
        await using ClientRig rig = new();
        await ClientRig.PublishAsync(new(rig.Target) { Data = ["x"] });
        (_, string output, _) = await ClientRig.SubscribeAsync(new(rig.Target) { Via = Enum.Parse<SubscribeVia>(via), Cursor = "earliest", Count = 1, IsJson = true });
        Assert.StartsWith($$"""{"type":"position","transport":"{{expected}}",""", output, StringComparison.Ordinal);
    }
}
