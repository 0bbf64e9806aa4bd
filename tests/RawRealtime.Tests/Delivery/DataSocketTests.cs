using RawRealtime.Tests.Access;
using RawWebSocket.Wire;

namespace RawRealtime.Tests.Delivery;

/// <summary>docs/contract.md, WebSocket without a subprotocol.</summary>
public sealed class DataSocketTests : IDisposable
{
    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void The_position_is_told_in_the_101_answer() => Assert.Equal(
        $"HTTP/1.1 101 Switching Protocols\r\n{ServerRig.Date}Connection: Upgrade\r\nRawRealtime-Position: {{\"from\":\"epoch001-0\",\"recovered\":true}}\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nUpgrade: websocket\r\n\r\n",
        rig.Connect().Open("/ws?channel=a"));

    [Fact]
    public void The_data_and_nothing_else_is_one_message_as_text_or_binary()
    {
        RigPeer peer = rig.Connect();
        peer.Open("/ws?channel=a");
        rig.Publish("channel=a&event=e", "hü");
        rig.Publish("channel=a", "hi", "Content-Type: image/png\r\n");
        rig.Publish("channel=a", "");
        Assert.Equal(["text hü", "binary 6869", "text "], peer.Frames());
    }

    [Fact]
    public void What_the_client_sends_is_published_to_the_first_channel()
    {
        RigPeer peer = rig.Connect();
        peer.Open("/ws?channel=a&channel=b");
        peer.Say("one").Frame(Opcode.Binary, 0xFF);
        Assert.Equal(["text one", "binary FF"], peer.Frames());
        Assert.Contains("\"channel\":\"a\",\"id\":\"epoch001-2\",\"data\":\"/w==\",\"encoding\":\"base64\"", rig.Kept("a"));
        Assert.Contains("\"messages\":[]", rig.Kept("b").Length == 0 ? "\"messages\":[]" : rig.Kept("b"));
    }

    [Fact]
    public void It_begins_at_its_cursor_and_is_told_what_was_lost()
    {
        using ServerRig small = new(new() { HistoryMessages = 1 });
        small.Publish("channel=a", "one");
        small.Publish("channel=a", "two");
        RigPeer peer = small.Connect();
        Assert.Contains("\r\nRawRealtime-Position: {\"from\":\"epoch001-1\",\"recovered\":false,\"reason\":\"evicted\"}\r\n", peer.Open("/ws?channel=a&cursor=epoch001-0"));
        Assert.Equal(["text two"], peer.Frames());
    }

    [Fact]
    public void Deletion_of_its_last_channel_closes_it_with_1001()
    {
        RigPeer one = rig.Connect(), two = rig.Connect();
        one.Open("/ws?channel=a");
        two.Open("/ws?channel=a&channel=b");
        rig.Answer(ServerRig.Request("DELETE", "/channels/a"));
        Assert.Equal(["close 1001 the channel was deleted"], one.Frames());
        Assert.Empty(two.Frames());
        rig.Answer(ServerRig.Request("DELETE", "/channels/b"));
        Assert.Equal(["close 1001 the channel was deleted"], two.Frames());
    }

    [Fact]
    public void A_drain_closes_it_with_1001()
    {
        RigPeer peer = rig.Connect();
        peer.Open("/ws");
        _ = rig.Server.DrainAsync();
        Assert.StartsWith("close 1001 ", Assert.Single(peer.Frames()));
    }

    [Fact]
    public void One_that_is_too_slow_is_closed_with_1013_behind_what_it_was_sent()
    {
        using ServerRig small = new(new() { HistoryMessages = 2 });
        RigPeer slow = small.Connect();
        slow.Open("/ws?channel=a");
        slow.Channel.SendsStall = true;
        string large = new('m', 600_000);
        for (int i = 0; i < 6; i++) small.Publish("channel=a", large);
        slow.Channel.SendsStall = false;
        Assert.Equal(["text " + large, "close 1013 too slow: messages were lost"], slow.Frames());
    }

    [Theory]
    [InlineData(Opcode.Text, new byte[] { 0xC3, 0x28 }, "close 1007 ")]
    [InlineData((Opcode)3, new byte[] { }, "close 1002 ")]
    public void A_broken_rule_closes_it_with_its_code(Opcode opcode, byte[] payload, string expected)
    {
        RigPeer peer = rig.Connect();
        peer.Open("/ws");
        peer.Frame(opcode, payload);
        string close = Assert.Single(peer.Frames());
        Assert.StartsWith(expected, close);
        Assert.True(close.Length > expected.Length, "always with a reason");
    }

    [Fact]
    public void A_message_over_one_mebibyte_closes_it_with_1009()
    {
        RigPeer peer = rig.Connect();
        peer.Open("/ws");
        peer.Frame(Opcode.Binary, new byte[1 << 20]);
        Assert.Equal("epoch001-1", Assert.Single(rig.Server.Hub.Snapshot()).Cursor.ToString());
        peer.Frames();
        peer.Frame(Opcode.Binary, new byte[(1 << 20) + 1]);
        Assert.StartsWith("close 1009 ", Assert.Single(peer.Frames()));
    }

    [Fact]
    public async Task A_client_that_left_is_counted_no_more()
    {
        RigPeer peer = rig.Connect();
        peer.Open("/ws?channel=a");
        Assert.Contains("\"ws\":1,", rig.Get("/channels/a"));
        await peer.Ended();
        Assert.Contains("\"ws\":0,", rig.Get("/channels/a"));
    }

    [Fact]
    public void One_that_may_not_publish_is_closed_with_1008_when_it_does()
    {
        using ServerRig asking = new(Tokens.AskedFor);
        RigPeer peer = asking.Connect();
        peer.Open("/ws?channel=a", Tokens.Bearer(Tokens.That(publish: "\"b\"", subscribe: "\"a\"")));
        peer.Say("hello");
        Assert.Equal(["close 1008 may-not-publish"], peer.Frames());
        Assert.Contains("\"kept\":0,", asking.Get("/channels/a", Tokens.Bearer(Tokens.Until(100))));
    }
}
