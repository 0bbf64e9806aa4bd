using System.Text;

namespace RawRealtime.Tests.Delivery;

/// <summary>Messages that wait together are handed over together where a transport can take them so. Its client must not be able to tell.</summary>
public sealed class JoinedDeliveryTests
{
    const string Upgrade = "Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    const string V1 = Upgrade + "Sec-WebSocket-Protocol: rawrealtime.v1\r\n";
    const string Deflate = "Sec-WebSocket-Extensions: permessage-deflate\r\n";

    static string Received(string request, bool atOnce)
    {
        using ServerRig rig = new();
        RigPeer peer = rig.Connect().Send(request);
        Assert.InRange(peer.Channel.TakeSent().Length, 1, 2_000);
        rig.HoldsDispatch = atOnce;
        for (int i = 0; i < 70; i++) // more than one read gives
        {
            rig.Publish($"channel={(i % 5 == 4 ? "ab" : "a")}{(i % 3 == 0 ? "&event=e" : "")}", $"{i}", i % 7 == 6 ? "Content-Type: image/png\r\n" : "");
            if (i % 10 == 0) rig.Publish("channel=a", new('x', 1_000 + i));
        }
        rig.HoldsDispatch = false;
        rig.Time.Advance(15_000);
        return Encoding.Latin1.GetString(peer.Channel.TakeSent()).Replace($"{rig.Server.Hub.Epoch}", "hubepoch", StringComparison.Ordinal); // that one is drawn
    }

    [Theory]
    [InlineData("/events?channel=a HTTP/1.1", "")]
    [InlineData("/events?channel=a&format=json HTTP/1.1", "")]
    [InlineData("/events?channel=a&event=e HTTP/1.1", "")]
    [InlineData("/events?channel=a HTTP/1.0", "")]
    [InlineData("/events?channel=a&format=json HTTP/1.0", "")]
    [InlineData("/events?channel=a HTTP/1.1", "Accept-Encoding: gzip\r\n")]
    [InlineData("/events?channel=a* HTTP/1.1", "")]
    [InlineData("/ws?channel=a HTTP/1.1", Upgrade)]
    [InlineData("/ws?channel=a* HTTP/1.1", Upgrade)]
    [InlineData("/ws?channel=a HTTP/1.1", Upgrade + Deflate)]
    [InlineData("/ws?channel=a HTTP/1.1", V1)]
    [InlineData("/ws?channel=a&event=e HTTP/1.1", V1)]
    [InlineData("/ws?channel=a* HTTP/1.1", V1)]
    [InlineData("/ws?channel=a HTTP/1.1", V1 + Deflate)]
    public void What_comes_at_once_is_what_comes_one_by_one(string target, string fields)
    {
        string request = $"GET {target}\r\nHost: localhost\r\n{fields}\r\n";
        string one = Received(request, atOnce: false), all = Received(request, atOnce: true);
        Assert.InRange(one.Length, 300, int.MaxValue);
        Assert.Equal(one, all);
    }

    [Theory]
    [InlineData("/events?channel=a&channel=ab HTTP/1.1", "", "id: epoch001-63.epoch002-14\n")]
    [InlineData("/ws?channel=a&channel=ab HTTP/1.1", V1, "\"cursor\":\"epoch001-63.epoch002-14\"")]
    public void Of_several_channels_each_message_has_the_cursor_of_all(string target, string fields, string last)
    {
        Assert.Contains(last, Received($"GET {target}\r\nHost: localhost\r\n{fields}\r\n", atOnce: true));
    }

    [Theory]
    [InlineData("/events?channel=a HTTP/1.1", "", 1)]
    [InlineData("/events?channel=a&format=json HTTP/1.1", "", 1)]
    [InlineData("/ws?channel=a HTTP/1.1", Upgrade, 1)]
    [InlineData("/ws?channel=a HTTP/1.1", V1, 1)]
    [InlineData("/poll?channel=a HTTP/1.1", "", 1)]
    [InlineData("/events?channel=a HTTP/1.0", "", 2)] // not in chunks
    [InlineData("/events?channel=a* HTTP/1.1", "", 2)] // each with its own cursor
    public void Where_they_can_be_joined_they_leave_in_one_send(string target, string fields, int sends)
    {
        using ServerRig rig = new();
        RigPeer peer = rig.Connect().Send($"GET {target}\r\nHost: localhost\r\n{fields}\r\n");
        int before = peer.Channel.SendCalls;
        rig.HoldsDispatch = true;
        for (int i = 0; i < 3; i++) rig.Publish("channel=a", new('m', 1_900));
        rig.HoldsDispatch = false;
        Assert.Equal(sends, peer.Channel.SendCalls - before);
        Assert.InRange(peer.Channel.TakeSent().Length, 5_700, 7_000);
    }
}
