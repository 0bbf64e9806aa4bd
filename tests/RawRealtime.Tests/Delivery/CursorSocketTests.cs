using RawRealtime.Delivery;
using RawRealtime.Tests.Access;
using RawWebSocket.Wire;

namespace RawRealtime.Tests.Delivery;

/// <summary>docs/contract.md, WebSocket with <c>rawrealtime.v1</c>.</summary>
public sealed class CursorSocketTests : IDisposable
{
    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    RigPeer Open(string query)
    {
        RigPeer peer = rig.Connect();
        peer.OpenV1("/ws?" + query);
        return peer;
    }

    static string Error(CursorFault fault, string mark = "") =>
        $$"""text {"type":"error",{{mark}}"code":"{{CursorFaults.CodeOf(fault)}}","detail":"{{CursorFaults.DetailOf(fault).Replace("\"", "\\\"", StringComparison.Ordinal)}}"}""";

    static CursorFault Named(string code) => Enum.GetValues<CursorFault>().Single(fault => fault != CursorFault.None && CursorFaults.CodeOf(fault) == code);

    static string Message(string cursor, string channel, string id, string data) =>
        $$"""text {"type":"message","cursor":"{{cursor}}","channel":"{{channel}}","id":"{{id}}","data":"{{data}}","time":"{{ServerRig.Time0}}"}""";

    [Fact]
    public void The_position_comes_first_and_holds_the_cursor_of_all_channels()
    {
        rig.Publish("channel=a", "before");
        RigPeer peer = rig.Connect();
        Assert.DoesNotContain("RawRealtime-Position", peer.Open("/ws?channel=a&channel=b&cursor=earliest", "Sec-WebSocket-Protocol: other, rawrealtime.v1\r\n"));
        Assert.Equal(
            ["""text {"type":"position","from":"epoch001-0.epoch002-0","recovered":true}""", Message("epoch001-1.epoch002-0", "a", "epoch001-1", "before")],
            peer.Frames());
    }

    [Fact]
    public void A_position_names_what_was_lost() => Assert.Equal(
        """text {"type":"position","from":"epoch001-0.epoch002-0","recovered":false,"reason":"epoch-changed","lost":[{"channel":"a","reason":"epoch-changed"},{"channel":"b","reason":"epoch-changed"}]}""",
        rig.Connect().OpenV1("/ws?channel=a&channel=b&cursor=zzzzzzzz-1.zzzzzzzz-2"));

    [Theory]
    [InlineData("\"ref\":1,", "\"ref\":1,")]
    [InlineData("\"ref\":\"x \\u0022\",", "\"ref\":\"x \\u0022\",")]
    public void A_publish_with_a_ref_is_acknowledged(string mark, string told) => Assert.Equal(
        [$$"""text {"type":"ack",{{told}}"id":"epoch002-1","channel":"b","subscribers":0}"""],
        Open("channel=a").Ask($$"""{"type":"publish",{{mark}}"channel":"b","data":"hi"}"""));

    [Fact]
    public void A_publish_without_a_ref_is_silent_and_comes_back_to_subscribers() =>
        Assert.Equal([Message("epoch001-1", "a", "epoch001-1", "hi")], Open("channel=a").Ask("""{"type":"publish","channel":"a","data":"hi"}"""));

    [Fact]
    public void A_publish_may_carry_an_event_and_bytes() => Assert.Equal(
        [$$"""text {"type":"message","cursor":"epoch001-1","channel":"a","id":"epoch001-1","event":"e","data":"/w==","encoding":"base64","time":"{{ServerRig.Time0}}"}"""],
        Open("channel=a").Ask("""{"type":"publish","channel":"a","data":"/w==","encoding":"base64","event":"e"}"""));

    [Fact]
    public void A_channel_subscribed_to_later_gets_its_own_position_and_a_place_in_the_cursor()
    {
        rig.Publish("channel=b", "before");
        RigPeer peer = Open("channel=a");
        Assert.Equal(
            [
                """text {"type":"position","ref":7,"channel":"b","from":"epoch001-0","recovered":true}""",
                Message("epoch002-0.epoch001-1", "b", "epoch001-1", "before"),
            ],
            peer.Ask("""{"type":"subscribe","channel":"b","cursor":"earliest","ref":7}"""));
        rig.Publish("channel=a", "m");
        Assert.Equal([Message("epoch002-1.epoch001-1", "a", "epoch002-1", "m")], peer.Frames());
    }

    [Fact]
    public void A_later_subscription_is_told_what_was_lost() => Assert.Equal(
        ["""text {"type":"position","channel":"b","from":"epoch002-0","recovered":false,"reason":"unknown"}"""],
        Open("channel=a").Ask("""{"type":"subscribe","channel":"b","cursor":"nonsense"}"""));

    [Fact]
    public void A_channel_given_up_is_silent_and_leaves_the_cursor()
    {
        RigPeer peer = Open("channel=a&channel=b");
        Assert.Equal(["""text {"type":"ack","ref":"r","channel":"a"}"""], peer.Ask("""{"type":"unsubscribe","channel":"a","ref":"r"}"""));
        rig.Publish("channel=a", "unheard");
        rig.Publish("channel=b", "m");
        Assert.Equal([Message("epoch002-1", "b", "epoch002-1", "m")], peer.Frames());
        Assert.Empty(peer.Ask("""{"type":"unsubscribe","channel":"b"}"""));
    }

    public static TheoryData<string, string, string> Broken => new()
    {
        { "", "bad-message", "" },
        { "hello", "bad-message", "" },
        { "1", "bad-message", "" },
        { "[]", "bad-message", "" },
        { "{}", "bad-message", "" },
        { """{"ref":1}""", "bad-message", "\"ref\":1," },
        { """{"type":1}""", "bad-message", "" },
        { """{"type":"publish","type":"publish","channel":"a","data":""}""", "bad-message", "" },
        { """{"type":"publish","channel":"a"}""", "bad-message", "" },
        { """{"type":"publish","channel":"a","data":null}""", "bad-message", "" },
        { """{"type":"publish","channel":"a","data":1,"ref":"r"}""", "bad-message", "\"ref\":\"r\"," },
        { """{"type":"publish","channel":"a","data":"\ud800"}""", "bad-message", "" },
        { """{"type":"publish","channel":["a"],"data":""}""", "bad-message", "" },
        { """{"type":"publish","channel":"a","data":"","ref":{}}""", "bad-message", "" },
        { """{"type":"shout","channel":"a","ref":2}""", "unknown-type", "\"ref\":2," },
        { """{"type":null}""", "unknown-type", "" },
        { """{"type":"publish","channel":"","data":""}""", "bad-channel", "" },
        { """{"type":"publish","data":"","ref":3}""", "bad-channel", "\"ref\":3," },
        { """{"type":"subscribe","channel":"a b"}""", "bad-channel", "" },
        { """{"type":"publish","channel":"a","data":"","event":""}""", "bad-event", "" },
        { """{"type":"publish","channel":"a","data":"","event":"open","ref":4}""", "bad-event", "\"ref\":4," },
        { """{"type":"publish","channel":"a","data":"","event":"a\nb"}""", "bad-event", "" },
        { """{"type":"publish","channel":"a","data":"","encoding":"hex"}""", "bad-encoding", "" },
        { """{"type":"publish","channel":"a","data":"?","encoding":"base64"}""", "bad-encoding", "" },
        { """{"type":"publish","channel":"a","data":"/w","encoding":"base64"}""", "bad-encoding", "" },
        { """{"type":"subscribe","channel":"a","ref":5}""", "already-subscribed", "\"ref\":5," },
        { """{"type":"unsubscribe","channel":"b","ref":6}""", "not-subscribed", "\"ref\":6," },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void An_error_names_the_rule_and_ends_nothing(string said, string expected, string mark)
    {
        RigPeer peer = Open("channel=a");
        Assert.Equal([Error(Named(expected), mark)], peer.Ask(said));
        Assert.Equal([Message("epoch001-1", "a", "epoch001-1", "still here")], peer.Ask("""{"type":"publish","channel":"a","data":"still here"}"""));
    }

    [Fact]
    public void A_binary_message_is_not_text() => Assert.Equal([Error(CursorFault.NotText)], Open("channel=a").Frame(Opcode.Binary, 1).Frames());

    [Fact]
    public void A_65th_channel_is_too_many()
    {
        RigPeer peer = Open(string.Join('&', Enumerable.Range(0, 63).Select(i => $"channel=c{i}")));
        Assert.StartsWith("""text {"type":"position","channel":"c63",""", Assert.Single(peer.Ask("""{"type":"subscribe","channel":"c63"}""")));
        Assert.Equal([Error(CursorFault.TooManyChannels, "\"ref\":1,")], peer.Ask("""{"type":"subscribe","channel":"c64","ref":1}"""));
    }

    [Fact]
    public void A_deleted_channel_is_told_and_the_others_go_on_until_the_last()
    {
        RigPeer peer = Open("channel=a&channel=b");
        rig.Answer(ServerRig.Request("DELETE", "/channels/a"));
        Assert.Equal([Error(CursorFault.ChannelDeleted)[..^1] + ",\"channel\":\"a\"}"], peer.Frames());
        rig.Publish("channel=b", "m");
        Assert.Equal([Message("epoch001-0.epoch002-1", "b", "epoch002-1", "m")], peer.Frames());
        rig.Answer(ServerRig.Request("DELETE", "/channels/b"));
        Assert.Equal(["close 1001 the channel was deleted"], peer.Frames());
    }

    [Fact]
    public void A_deleted_channel_may_be_subscribed_to_again()
    {
        RigPeer peer = Open("channel=a&channel=b");
        rig.Answer(ServerRig.Request("DELETE", "/channels/a"));
        peer.Frames();
        Assert.Equal(["""text {"type":"position","channel":"a","from":"epoch003-0","recovered":true}"""], peer.Ask("""{"type":"subscribe","channel":"a"}"""));
        rig.Publish("channel=a", "m");
        Assert.Equal([Message("epoch003-1.epoch002-0", "a", "epoch003-1", "m")], peer.Frames());
    }

    [Fact]
    public void A_drain_closes_it_with_1001()
    {
        RigPeer peer = Open("channel=a");
        _ = rig.Server.DrainAsync();
        Assert.StartsWith("close 1001 ", Assert.Single(peer.Frames()));
    }

    [Fact]
    public void One_that_is_too_slow_is_closed_with_1013_and_told_of_the_gap_when_it_returns()
    {
        using ServerRig small = new(new() { HistoryMessages = 2 });
        RigPeer slow = small.Connect();
        slow.OpenV1("/ws?channel=a");
        slow.Channel.SendsStall = true;
        string large = new('m', 600_000);
        for (int i = 0; i < 6; i++) small.Publish("channel=a", large);
        slow.Channel.SendsStall = false;
        Assert.Equal([Message("epoch001-1", "a", "epoch001-1", large), "close 1013 too slow: messages were lost"], slow.Frames());

        RigPeer back = small.Connect();
        back.Open("/ws?channel=a&cursor=epoch001-1", "Sec-WebSocket-Protocol: rawrealtime.v1\r\n");
        string[] told = back.Frames();
        Assert.Equal("""text {"type":"position","from":"epoch001-4","recovered":false,"reason":"evicted"}""", told[0]);
        Assert.Equal(Message("epoch001-5", "a", "epoch001-5", large), told[1]);
    }

    [Theory] // docs/tokens.md
    [InlineData("""{"type":"publish","channel":"a","data":"x","ref":1}""", "may-not-publish")]
    [InlineData("""{"type":"publish","channel":"a","data":"x","event":"","ref":1}""", "may-not-publish")]
    [InlineData("""{"type":"subscribe","channel":"b","ref":1}""", "may-not-subscribe")]
    [InlineData("""{"type":"subscribe","channel":"presence:a","ref":1}""", "may-not-subscribe")]
    [InlineData("""{"type":"publish","channel":"b","data":"x","ref":1}""", null)]
    [InlineData("""{"type":"subscribe","channel":"a2","ref":1}""", null)]
    public void What_a_token_does_not_let_is_told_and_ends_nothing(string command, string? code)
    {
        using ServerRig asking = new(Tokens.AskedFor);
        RigPeer peer = asking.Connect();
        peer.OpenV1($"/ws?channel=a&token={Tokens.That(publish: "\"b\"", subscribe: "\"a*\"")}");
        string answer = Assert.Single(peer.Ask(command));
        if (code is null) Assert.DoesNotContain("\"type\":\"error\"", answer);
        else Assert.StartsWith($$"""text {"type":"error","ref":1,"code":"{{code}}",""", answer);
        Assert.Single(peer.Ask("""{"type":"unsubscribe","channel":"a","ref":2}"""));
    }
}
