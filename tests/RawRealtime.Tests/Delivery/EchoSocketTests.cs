using RawWebSocket.Wire;

namespace RawRealtime.Tests.Delivery;

/// <summary>docs/contract.md, The rest: <c>/echo</c>.</summary>
public sealed class EchoSocketTests : IDisposable
{
    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void Every_message_comes_back_as_it_was()
    {
        RigPeer peer = rig.Connect();
        Assert.DoesNotContain("RawRealtime-Position", peer.Open("/echo"));
        peer.Say("hü").Frame(Opcode.Binary, 0, 255).Say("").Frame(Opcode.Ping, 1);
        Assert.Equal(["text hü", "binary 00FF", "text ", "pong"], peer.Frames());
    }

    [Fact]
    public async Task While_the_client_takes_nothing_nothing_more_is_read_and_then_all_comes_back()
    {
        RigPeer peer = rig.Connect();
        peer.Open("/echo");
        peer.Channel.SendsStall = true;
        for (int i = 0; i < 4; i++) peer.Frame(Opcode.Binary, new byte[500_000]);
        long before = peer.Channel.SentTotal;
        peer.Channel.SendsStall = false;
        await peer.Channel.WhenSent(before + 4 * 500_010).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(4, peer.Frames().Length);
    }

    [Fact]
    public void A_drain_closes_it_with_1001()
    {
        RigPeer peer = rig.Connect();
        peer.Open("/echo");
        _ = rig.Server.DrainAsync();
        Assert.StartsWith("close 1001 ", Assert.Single(peer.Frames()));
    }
}
