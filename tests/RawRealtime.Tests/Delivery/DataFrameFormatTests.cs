namespace RawRealtime.Tests.Delivery;

/// <summary>RFC 6455 §5.1 and §5.2: the frames of plain subscribers, byte for byte.</summary>
public sealed class DataFrameFormatTests : IDisposable
{
    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    [Theory]
    [InlineData("hi", "", "81026869")]
    [InlineData("", "", "8100")]
    [InlineData("hi", "Content-Type: image/png\r\n", "82026869")]
    public void One_message_is_one_unmasked_frame(string data, string fields, string hex)
    {
        RigPeer one = rig.Connect(), two = rig.Connect();
        one.Open("/ws?channel=a");
        two.Open("/ws?channel=a");
        rig.Publish("channel=a", data, fields);
        Assert.Equal(hex, Convert.ToHexString(one.Channel.TakeSent()));
        Assert.Equal(hex, Convert.ToHexString(two.Channel.TakeSent()));
    }

    [Theory]
    [InlineData(125, "817D")]
    [InlineData(126, "817E007E")]
    [InlineData(65_535, "817EFFFF")]
    [InlineData(65_536, "817F0000000000010000")]
    public void The_length_takes_the_shortest_form(int length, string head)
    {
        RigPeer peer = rig.Connect();
        peer.Open("/ws?channel=a");
        rig.Publish("channel=a", new('m', length));
        string sent = Convert.ToHexString(peer.Channel.TakeSent());
        Assert.StartsWith(head + "6D6D", sent);
        Assert.Equal(head.Length + 2 * length, sent.Length);
    }
}
