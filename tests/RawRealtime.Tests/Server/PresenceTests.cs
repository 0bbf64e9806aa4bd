using System.Text.Json;
using RawRealtime.Tests.Access;

namespace RawRealtime.Tests.Server;

/// <summary>docs/contract.md, Presence: who joins and leaves is told in the channel <c>presence:</c> and its name.</summary>
public sealed class PresenceTests : IDisposable
{
    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    static RigPeer Watch(ServerRig rig, string query = "channel=presence:a")
    {
        RigPeer peer = rig.Connect().Get("/events?format=json&" + query);
        peer.TakeHead();
        peer.Events();
        return peer;
    }

    // join ws 127.0.0.1:40000, and what else is told.
    static string[] Told(RigPeer peer) =>
    [
        .. peer.Events().Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line =>
        {
            JsonElement message = JsonDocument.Parse(line["data: ".Length..]).RootElement;
            JsonElement who = JsonDocument.Parse(message.GetProperty("data").GetString()!).RootElement;
            Assert.True(who.GetProperty("number").GetInt64() > 0);
            Assert.Equal(ServerRig.Time0, who.GetProperty("since").GetString());
            string subject = who.TryGetProperty("subject", out JsonElement named) ? " " + named.GetString() : "";
            return $"{message.GetProperty("event").GetString()} {who.GetProperty("transport").GetString()} {who.GetProperty("address").GetString()}{subject}";
        }),
    ];

    [Theory]
    [InlineData("")]
    [InlineData("Sec-WebSocket-Protocol: rawrealtime.v1\r\n")]
    public async Task A_WebSocket_joins_and_leaves(string protocol)
    {
        RigPeer watching = Watch(rig), peer = rig.Connect();
        peer.Open("/ws?channel=a", protocol);
        Assert.Equal(["join ws 127.0.0.1:40000"], Told(watching));
        await peer.Ended();
        Assert.Equal(["leave ws 127.0.0.1:40000"], Told(watching));
    }

    [Fact]
    public async Task An_event_stream_joins_and_leaves()
    {
        RigPeer watching = Watch(rig), peer = rig.Connect().Get("/events?channel=a");
        Assert.Equal(["join events 127.0.0.1:40000"], Told(watching));
        await peer.Ended();
        Assert.Equal(["leave events 127.0.0.1:40000"], Told(watching));
    }

    [Fact]
    public void A_held_poll_comes_and_goes_untold()
    {
        RigPeer watching = Watch(rig);
        rig.Connect().Get("/poll?channel=a");
        rig.Publish("channel=a", "x");
        Assert.Empty(Told(watching));
    }

    [Fact]
    public void A_channel_subscribed_to_later_and_given_up_is_told()
    {
        RigPeer watching = Watch(rig), peer = rig.Connect();
        peer.OpenV1("/ws?channel=other");
        Assert.Empty(Told(watching));
        peer.Ask("""{"type":"subscribe","channel":"a"}""");
        Assert.Equal(["join ws 127.0.0.1:40000"], Told(watching));
        peer.Ask("""{"type":"unsubscribe","channel":"a"}""");
        Assert.Equal(["leave ws 127.0.0.1:40000"], Told(watching));
    }

    [Fact]
    public void The_subject_of_a_token_is_told()
    {
        using ServerRig asking = new(Tokens.AskedFor);
        string token = Tokens.That(subscribe: "\"*\",\"presence:*\"", more: "\"sub\":\"ada\",");
        RigPeer watching = Watch(asking, $"channel=presence:a&token={token}");
        asking.Connect().Open($"/ws?channel=a&token={token}");
        Assert.Equal(["join ws 127.0.0.1:40000 ada"], Told(watching));
    }

    [Fact]
    public void Only_a_channel_by_its_name_is_joined_and_watching_is_no_joining()
    {
        RigPeer watching = Watch(rig);
        rig.Connect().Open("/ws?channel=a*");
        rig.Connect().Open("/ws?channel=b");
        Watch(rig);
        Assert.Empty(Told(watching));
    }

    [Fact]
    public void While_nobody_watches_nothing_is_made()
    {
        rig.Connect().Open("/ws?channel=a");
        Assert.DoesNotContain("presence:", rig.Get("/channels"));
    }

    [Fact]
    public void Nobody_else_publishes_there()
    {
        Assert.Equal("403 reserved-channel", ServerRig.Outcome(rig.Publish("channel=presence:a", "x")));
        RigPeer cursors = rig.Connect(), plain = rig.Connect();
        cursors.OpenV1("/ws?channel=presence:a");
        Assert.StartsWith("""text {"type":"error","ref":1,"code":"reserved-channel",""", Assert.Single(cursors.Ask("""{"type":"publish","channel":"presence:a","data":"x","ref":1}""")));
        plain.Open("/ws?channel=presence:a");
        Assert.Equal(["close 1008 reserved-channel"], plain.Say("x").Frames());
        string lines = ServerRig.Request("POST", "/publish", "Content-Type: application/x-ndjson\r\nContent-Length: 38\r\n") + """{"channel":"presence:a","data":"x"}""" + "\n\n\n";
        Assert.Contains("\"code\":\"reserved-channel\"", rig.Answer(lines));
    }
}
