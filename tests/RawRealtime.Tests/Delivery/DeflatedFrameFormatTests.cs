namespace RawRealtime.Tests.Delivery;

/// <summary>RFC 7692 §7.2.3.1: a compressed frame, byte for byte.</summary>
public sealed class DeflatedFrameFormatTests : IDisposable
{
    readonly ServerRig rig = new(new() { Compression = new() { MinBytes = 0 } });

    public void Dispose() => rig.Dispose();

    [Theory]
    [InlineData("Hello", "810548656C6C6F")]                   // F248CDC9C90700 would be longer
    [InlineData("HelloHelloHelloHello", "C109F248CDC9C947230000")] // a match of 15 bytes at a distance of 5
    public void What_does_not_become_smaller_stays_as_it_is(string data, string hex)
    {
        RigPeer peer = rig.Connect();
        peer.Open("/ws?channel=a", "Sec-WebSocket-Extensions: permessage-deflate\r\n");
        rig.Publish("channel=a", data);
        Assert.Equal(hex, Convert.ToHexString(peer.Channel.TakeSent()));
    }
}
