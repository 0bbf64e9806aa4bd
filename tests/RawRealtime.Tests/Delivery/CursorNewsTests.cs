using RawRealtime.Tests.Access;

namespace RawRealtime.Tests.Delivery;

/// <summary>docs/contract.md, rawrealtime.v1: with <c>event=</c> the cursor is told when it moved without a message.</summary>
public sealed class CursorNewsTests : IDisposable
{
    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    static string Position(string from) => $$"""text {"type":"position","from":"{{from}}","recovered":true}""";

    static RigPeer Open(ServerRig rig, string query)
    {
        RigPeer peer = rig.Connect();
        peer.OpenV1("/ws?" + query);
        return peer;
    }

    static string[] After(ServerRig rig, RigPeer peer, int milliseconds)
    {
        peer.Frame(RawWebSocket.Wire.Opcode.Pong); // one that is silent for long is given up
        rig.Time.Advance(milliseconds);
        return [.. peer.Frames().Where(frame => frame != "ping")];
    }

    [Fact]
    public void A_cursor_that_moved_is_told_once_after_15_seconds()
    {
        RigPeer peer = Open(rig, "channel=a&event=wanted");
        rig.Publish("channel=a&event=other", "x");
        rig.Publish("channel=a", "y");
        Assert.Empty(After(rig, peer, 14_900));
        Assert.Equal([Position("epoch001-2")], After(rig, peer, 200));
        Assert.Empty(After(rig, peer, 24_000));
        rig.Publish("channel=a", "z");
        Assert.Equal([Position("epoch001-3")], After(rig, peer, 15_200));
    }

    [Fact]
    public void A_client_that_comes_back_with_it_is_told_of_no_loss()
    {
        using ServerRig small = new(new() { HistoryMessages = 2 });
        RigPeer peer = Open(small, "channel=a&event=wanted");
        for (int i = 0; i < 9; i++) small.Publish("channel=a", "x");
        Assert.Equal([Position("epoch001-9")], After(small, peer, 15_100));
        Assert.Equal(Position("epoch001-9"), small.Connect().OpenV1("/ws?channel=a&event=wanted&cursor=epoch001-9"));
        Assert.Contains("\"recovered\":false", small.Connect().OpenV1("/ws?channel=a&event=wanted&cursor=epoch001-0"));
    }

    [Fact]
    public void What_a_message_or_a_position_told_is_not_told_again()
    {
        RigPeer peer = Open(rig, "channel=a&event=wanted");
        Assert.Empty(After(rig, peer, 15_100));
        rig.Publish("channel=a&event=wanted", "x");
        Assert.Contains("\"cursor\":\"epoch001-1\"", Assert.Single(peer.Frames()));
        Assert.Empty(After(rig, peer, 24_000));
    }

    [Fact]
    public void With_several_channels_it_is_that_of_all()
    {
        RigPeer peer = Open(rig, "channel=a&channel=b&event=wanted");
        rig.Publish("channel=b", "x");
        Assert.Equal([Position("epoch001-0.epoch002-1")], After(rig, peer, 15_100));
        peer.Ask("""{"type":"unsubscribe","channel":"a"}""");
        Assert.Equal([Position("epoch002-1")], After(rig, peer, 15_100));
    }

    [Theory]
    [InlineData("channel=a")]
    [InlineData("channel=a&channel=b")]
    public void Without_a_filter_nothing_is_told(string query)
    {
        RigPeer peer = Open(rig, query);
        rig.Publish("channel=a", "x");
        Assert.Single(peer.Frames());
        Assert.Empty(After(rig, peer, 24_000));
    }

    [Fact]
    public void A_plain_socket_is_told_nothing()
    {
        RigPeer peer = rig.Connect();
        peer.Open("/ws?channel=a&event=wanted");
        rig.Publish("channel=a", "x");
        Assert.Empty(After(rig, peer, 24_000));
    }

    [Fact]
    public void While_a_message_waits_for_room_nothing_older_overtakes_it_and_nothing_newer_is_told_before_it()
    {
        RigPeer peer = Open(rig, "channel=a&event=wanted");
        peer.Channel.SendsStall = true;
        for (int i = 0; i < 3; i++) rig.Publish("channel=a&event=wanted", new string('m', 600_000));
        rig.Publish("channel=a", "x");
        rig.Time.Advance(5_000);
        peer.Channel.SendsStall = false;
        Assert.Equal(3, peer.Frames().Length);
        Assert.Equal([Position("epoch001-4")], After(rig, peer, 15_100));
    }

    [Fact]
    public void It_shares_its_deadline_with_the_end_of_the_token()
    {
        using ServerRig asking = new(Tokens.AskedFor);
        RigPeer peer = Open(asking, $"channel=a&event=wanted&token={Tokens.Until(20)}");
        asking.Publish("channel=a", "x", Tokens.Bearer(Tokens.Until(100)));
        Assert.Equal([Position("epoch001-1")], After(asking, peer, 15_100));
        Assert.Empty(After(asking, peer, 9_600));
        Assert.Equal(["close 1008 token-expired"], After(asking, peer, 400));
    }

    [Fact]
    public async Task One_that_closed_is_told_nothing_more()
    {
        RigPeer peer = Open(rig, "channel=a&event=wanted");
        rig.Publish("channel=a", "x");
        peer.Frame(RawWebSocket.Wire.Opcode.Close, 3, 232);
        Assert.Equal(["close 1000 "], peer.Frames());
        await peer.Ended();
        Assert.Empty(After(rig, peer, 24_000));
        Assert.DoesNotContain(rig.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }
}
