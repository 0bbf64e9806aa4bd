using System.Text;
using RawHub;
using RawRealtime.Delivery;

namespace RawRealtime.Tests.Delivery;

public sealed class PollItemFormatTests : IDisposable
{
    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    [Theory]
    [InlineData("m", "\"m\"")]
    [InlineData("", "\"\"")]
    [InlineData("\"\\\n", "\"\\\"\\\\\\n\"")]
    public void It_is_the_messages_json_behind_a_comma(string data, string json)
    {
        List<string> seen = [];
        using Subscription subscription = rig.Server.Hub.Subscribe([default(ChannelPattern)], null, new Looking(message =>
        {
            seen.Add(Encoding.UTF8.GetString(message.Encoded(Formats.PollItem).Span));
            Assert.Equal(seen[^1], "," + Encoding.UTF8.GetString(message.Encoded(Formats.Json).Span));
        }), new(TransportKind.Poll))!;
        subscription.Start();
        rig.Publish("event=e", data);
        Assert.Equal([$$""",{"channel":"default","id":"epoch001-1","event":"e","data":{{json}},"time":"{{ServerRig.Time0}}"}"""], seen);
    }
}
