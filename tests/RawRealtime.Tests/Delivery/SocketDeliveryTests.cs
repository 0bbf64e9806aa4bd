using RawRealtime.Tests.Access;

namespace RawRealtime.Tests.Delivery;

/// <summary>What a subscriber that takes nothing for a while gets when it takes again.</summary>
public sealed class SocketDeliveryTests : IDisposable
{
    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void A_pause_within_the_history_loses_nothing()
    {
        RigPeer plain = rig.Connect(), cursors = rig.Connect();
        plain.Open("/ws?channel=a");
        cursors.OpenV1("/ws?channel=a");
        plain.Channel.SendsStall = cursors.Channel.SendsStall = true;
        for (int i = 0; i < 4; i++) rig.Publish("channel=a", $"{i}" + new string('m', 600_000));
        plain.Channel.SendsStall = cursors.Channel.SendsStall = false;
        Assert.Equal(["text 0m", "text 1m", "text 2m", "text 3m"], plain.Frames().Select(frame => frame[..7]));
        Assert.Equal(4, cursors.Frames().Count(frame => frame.StartsWith("text {\"type\":\"message\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_that_takes_nothing_at_all_is_given_up()
    {
        RigPeer peer = rig.Connect();
        peer.Open("/ws?channel=a");
        peer.Channel.SendsStall = true;
        rig.Publish("channel=a", "m");
        rig.Time.Advance(11_000);
        await peer.Running.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(peer.Channel.IsAborted);
        Assert.Contains("\"ws\":0,", rig.Get("/channels/a"));
    }

    [Theory] // docs/tokens.md: exp, and 5 s for clocks that differ
    [InlineData("")]
    [InlineData("Sec-WebSocket-Protocol: rawrealtime.v1\r\n")]
    public void One_whose_token_expires_is_closed_with_1008_by_then(string protocol)
    {
        using ServerRig asking = new(Tokens.AskedFor);
        RigPeer peer = asking.Connect(), later = asking.Connect();
        peer.Open($"/ws?channel=a&token={Tokens.Until(10)}", protocol);
        later.Open($"/ws?channel=a&token={Tokens.Until(20)}", protocol);
        asking.Time.Advance(14_800);
        Assert.DoesNotContain(peer.Frames(), frame => frame.StartsWith("close", StringComparison.Ordinal));
        asking.Time.Advance(300);
        Assert.Equal(["close 1008 token-expired"], peer.Frames());
        Assert.DoesNotContain(later.Frames(), frame => frame.StartsWith("close", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_closed_before_its_token_expired_is_told_nothing_more()
    {
        using ServerRig asking = new(Tokens.AskedFor);
        RigPeer peer = asking.Connect();
        peer.Open($"/ws?channel=a&token={Tokens.Until(10)}");
        peer.Frame(RawWebSocket.Wire.Opcode.Close, 3, 232);
        Assert.Equal(["close 1000 "], peer.Frames());
        await peer.Ended();
        asking.Time.Advance(20_000);
        Assert.Empty(peer.Frames());
        Assert.DoesNotContain(asking.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }
}
