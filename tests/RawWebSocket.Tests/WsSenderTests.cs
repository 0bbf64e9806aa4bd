using RawNet;
using RawWebSocket.Tests.Wire;
using RawWebSocket.Wire;
using Testing;

namespace RawWebSocket.Tests;

public sealed class WsSenderTests : IDisposable
{
    readonly Heartbeat heartbeat = new(new ManualTime());
    readonly ScriptedChannel channel = new();
    readonly SendQueue outbox;

    public WsSenderTests() => outbox = new(channel, heartbeat, new() { MaxBytes = 4000, OwedBytes = 200 });

    string Sent()
    {
        outbox.Flush();
        return Convert.ToHexString(channel.TakeSent());
    }

    [Fact]
    public void A_server_sends_unmasked_frames_and_a_client_masked_ones()
    {
        Assert.True(new WsSender(outbox, WsWriter.ForServer).TryQueue(Opcode.Text, "Hello"u8));
        Assert.Equal("810548656C6C6F", Sent());
        Assert.True(new WsSender(outbox, WsWriter.ForClient(new FixedKey())).TryQueue(Opcode.Text, "Hello"u8));
        Assert.Equal("818537FA213D7F9F4D5158", Sent());
    }

    [Theory]
    [InlineData(1020)]
    [InlineData(1021)]
    [InlineData(1022)]
    [InlineData(5000)]
    public void Small_and_large_frames_are_the_same_on_the_wire(int length)
    {
        byte[] payload = new byte[length];
        Assert.True(new WsSender(outbox, WsWriter.ForServer).TryQueue(Opcode.Binary, payload));
        Assert.Equal(Convert.ToHexString(Bytes.FrameFor(WsRole.Client, Opcode.Binary, payload)), Sent());
    }

    [Fact]
    public void A_message_keeps_to_the_bound_and_a_pong_may_pass_it()
    {
        var sender = new WsSender(outbox, WsWriter.ForServer);
        channel.SendsStall = true;
        Assert.True(sender.TryQueue(Opcode.Binary, new byte[3990]));
        Assert.False(sender.TryQueue(Opcode.Binary, new byte[100]));
        Assert.True(sender.TryQueue(Opcode.Pong, new byte[100]));
        Assert.True(sender.TryQueueClose(CloseCode.Normal, "", out bool hasRoom));
        Assert.True(hasRoom);
    }

    [Fact]
    public void Nothing_follows_a_close_frame()
    {
        var sender = new WsSender(outbox, WsWriter.ForServer);
        Assert.True(sender.TryQueueClose(CloseCode.Normal, "", out _));
        Assert.False(sender.TryQueueClose(CloseCode.GoingAway, "", out _));
        Assert.False(sender.TryQueue(Opcode.Text, "late"u8));
        Assert.False(sender.TryQueue(Opcode.Pong, "late"u8));
        Assert.Equal("880203E8", Sent());
        Assert.Equal(CloseState.WeAsked, sender.State);
    }

    [Fact]
    public void The_peers_close_frame_is_followed_by_ours_only()
    {
        var sender = new WsSender(outbox, WsWriter.ForServer);
        Assert.Equal(CloseState.TheyAsked, sender.On(CloseEvent.GotClose));
        Assert.False(sender.TryQueue(Opcode.Text, "late"u8));
        Assert.True(sender.TryQueueClose(CloseCode.Normal, "", out _));
        Assert.Equal(CloseState.Agreed, sender.State);
    }

    [Fact]
    public void A_close_frame_without_room_is_told()
    {
        var sender = new WsSender(outbox, WsWriter.ForServer);
        channel.SendsStall = true;
        Assert.True(sender.TryQueue(Opcode.Binary, new byte[4195]));
        Assert.True(sender.TryQueueClose(CloseCode.Normal, "", out bool hasRoom));
        Assert.False(hasRoom);
    }

    public void Dispose()
    {
        outbox.Dispose();
        channel.Dispose();
        heartbeat.Dispose();
    }
}
