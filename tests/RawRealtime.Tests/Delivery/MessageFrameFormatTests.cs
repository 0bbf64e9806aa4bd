using System.Text;

namespace RawRealtime.Tests.Delivery;

/// <summary>The frames of <c>rawrealtime.v1</c>, byte for byte.</summary>
public sealed class MessageFrameFormatTests : IDisposable
{
    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void The_cursor_stands_in_front_of_the_messages_json()
    {
        RigPeer peer = rig.Connect();
        peer.OpenV1("/ws?channel=a");
        rig.Publish("channel=a", "\"12345678");
        byte[] json = Encoding.UTF8.GetBytes($$"""{"type":"message","cursor":"epoch001-1","channel":"a","id":"epoch001-1","data":"\"12345678","time":"{{ServerRig.Time0}}"}""");
        Assert.Equal([0x81, 0x7E, (byte)(json.Length >> 8), (byte)json.Length, .. json], peer.Channel.TakeSent());
    }

    [Fact]
    public void A_small_frame_has_a_small_length()
    {
        RigPeer peer = rig.Connect();
        peer.OpenV1("/ws?channel=a");
        peer.Say("""{"type":"unsubscribe","channel":"a","ref":1}""");
        byte[] json = Encoding.UTF8.GetBytes("""{"type":"ack","ref":1,"channel":"a"}""");
        Assert.Equal([0x81, (byte)json.Length, .. json], peer.Channel.TakeSent());
    }
}
