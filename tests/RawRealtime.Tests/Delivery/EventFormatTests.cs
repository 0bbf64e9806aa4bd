namespace RawRealtime.Tests.Delivery;

/// <summary>One event in one chunk: HTML §9.2.5 in RFC 9112 §7.1.</summary>
public sealed class EventFormatTests : IDisposable
{
    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    [Theory]
    [InlineData("", "hi", "", "19\r\nid: epoch001-1\ndata: hi\n\n\r\n")]
    [InlineData("&event=e", "hi", "", "22\r\nid: epoch001-1\nevent: e\ndata: hi\n\n\r\n")]
    [InlineData("", "hi", "Content-Type: image/png\r\n", "1B\r\nid: epoch001-1\ndata: aGk=\n\n\r\n")]
    [InlineData("", "", "", "17\r\nid: epoch001-1\ndata: \n\n\r\n")]
    public void A_message_is_one_chunk(string query, string data, string fields, string expected)
    {
        RigPeer peer = rig.Connect().Get("/events?channel=a");
        peer.Take();
        rig.Publish("channel=a" + query, data, fields);
        string chunk = peer.Take();
        Assert.Equal(expected, chunk.ToUpperInvariant()[..chunk.IndexOf('\r', StringComparison.Ordinal)] + chunk[chunk.IndexOf('\r', StringComparison.Ordinal)..]);
    }

    [Fact]
    public void Json_data_says_that_it_is_base64()
    {
        RigPeer peer = rig.Connect().Get("/events?channel=a&format=json");
        peer.TakeHead();
        peer.Events();
        rig.Publish("channel=a", "hi", "Content-Type: image/png\r\n");
        Assert.Equal($$"""id: epoch001-1""" + "\n" + $$"""data: {"channel":"a","id":"epoch001-1","data":"aGk=","encoding":"base64","time":"{{ServerRig.Time0}}"}""" + "\n\n", peer.Events());
    }
}
