using System.Security.Cryptography;
using System.Text;
using RawNet;
using RawWebSocket.Deflate;
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
        Assert.True(sender.TryQueue(Opcode.Pong, new byte[120])); // of the 200 bytes for what is owed 122
        Assert.True(sender.TryQueue(Opcode.Pong, new byte[74]));  // and 76
        Assert.True(sender.TryQueueClose(CloseCode.Normal, "", out bool hasRoom));
        Assert.False(hasRoom);
    }

    WsSender Deflating(int minBytes = 0, WsWriter? writer = null) => new(outbox, writer ?? WsWriter.ForServer, new DeflateParameters(false, false, 15, 15).DeflaterOf(WsRole.Server, DeflateLevel.Fast), minBytes);

    [Fact]
    public void RFC_7692_7_2_3_the_examples_of_one_message_and_of_the_same_again()
    {
        using WsSender sender = Deflating();
        Assert.True(sender.TryQueue(Opcode.Text, "Hello"u8));
        Assert.Equal("8105" + "48656C6C6F", Sent()); // 7 bytes would not be fewer than 5
        Assert.True(sender.TryQueue(Opcode.Text, "Hello, Hello"u8));
        string first = Sent();
        Assert.StartsWith("C1", first, StringComparison.Ordinal);
        Assert.True(sender.TryQueue(Opcode.Text, "Hello, Hello"u8));
        Assert.True(Sent().Length < first.Length);
    }

    [Fact]
    public void Small_messages_and_control_frames_are_not_compressed()
    {
        using WsSender sender = Deflating(minBytes: 13);
        Assert.True(sender.TryQueue(Opcode.Text, "Hello, Hello"u8));
        Assert.True(sender.TryQueue(Opcode.Ping, "Hello, Hello, Hello"u8));
        Assert.Equal("810C48656C6C6F2C2048656C6C6F" + "891348656C6C6F2C2048656C6C6F2C2048656C6C6F", Sent());
        Assert.True(sender.TryQueue(Opcode.Binary, "Hello, Hello,"u8));
        Assert.StartsWith("C2", Sent(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clients_compressed_frames_are_masked()
    {
        using WsSender sender = Deflating(writer: WsWriter.ForClient(new FixedKey()));
        Assert.True(sender.TryQueue(Opcode.Text, "Hello, Hello"u8));
        outbox.Flush();
        byte[] frame = channel.TakeSent();
        Assert.Equal([0xC1, (byte)(0x80 | frame.Length - 6), 0x37, 0xFA, 0x21, 0x3D], frame[..6]);
        using WsReader peer = new(WsRole.Server, WsLimits.Default, new MessageInflater(15, keepsContext: true));
        Assert.Equal("Hello, Hello", Encoding.ASCII.GetString(peer.Next(frame).Payload.Span));
    }

    const string Fox = "The quick brown fox jumps over the lazy dog. ";
    static readonly string Noise = Convert.ToBase64String(SHA256.HashData("noise"u8));

    [Fact] // RFC 7692 §7.2.1: what the peer did not get compressed is not in its window
    public void What_was_not_sent_compressed_is_not_referred_to()
    {
        using WsSender sender = Deflating();
        using MessageInflater inflater = new(15, keepsContext: true);
        using WsReader peer = new(WsRole.Client, WsLimits.Default, inflater);
        SharedBytes plain = ServerFrame.Of(isText: true, Encoding.ASCII.GetBytes(Fox + Fox + "3")), shared = ServerFrame.Deflated(plain, DeflateLevel.Fast, 15);
        string[] messages = [Fox + Fox + "1", Noise, Noise + Fox + Noise + Fox, Fox + Fox + "3", Fox + Fox + "4"];
        string read = "";
        foreach (string message in messages)
        {
            Assert.True(message.EndsWith('3') ? sender.TryQueue(shared) : sender.TryQueue(Opcode.Text, Encoding.ASCII.GetBytes(message)));
            read += Read(peer) + "|";
        }
        Assert.Equal(string.Join('|', messages) + "|", read);
        shared.Release();
        plain.Release();
    }

    [Fact]
    public void What_found_no_room_is_not_referred_to()
    {
        using WsSender sender = Deflating();
        using MessageInflater inflater = new(15, keepsContext: true);
        using WsReader peer = new(WsRole.Client, WsLimits.Default, inflater);
        Assert.True(sender.TryQueue(Opcode.Text, Encoding.ASCII.GetBytes(Fox + Fox + "1")));
        Assert.Equal(Fox + Fox + "1", Read(peer));
        byte[] noise = new byte[2500];
        new Random(5).NextBytes(noise);
        Assert.True(outbox.TryWrite(noise));
        Assert.False(sender.TryQueue(Opcode.Binary, [.. noise, .. Encoding.ASCII.GetBytes(Fox + Fox)]));
        outbox.Flush();
        channel.TakeSent();
        Assert.True(sender.TryQueue(Opcode.Text, Encoding.ASCII.GetBytes(Fox + Fox + "2")));
        Assert.Equal(Fox + Fox + "2", Read(peer));
    }

    [Fact]
    public void A_forgotten_context_is_not_referred_to_and_holds_no_memory()
    {
        using MessageDeflater deflater = new(DeflateLevel.Fast, 15, keepsContext: true);
        using WsSender sender = new(outbox, WsWriter.ForServer, deflater);
        Assert.True(sender.TryQueue(Opcode.Text, Encoding.ASCII.GetBytes(Fox + Fox + "1")));
        string first = Sent();
        Assert.True(deflater.HeldBytes > 0);
        sender.ForgetContext();
        Assert.Equal(0, deflater.HeldBytes);
        Assert.True(sender.TryQueue(Opcode.Text, Encoding.ASCII.GetBytes(Fox + Fox + "1")));
        Assert.Equal(first, Sent());
    }

    [Fact]
    public void Nothing_is_queued_after_the_end()
    {
        WsSender sender = Deflating();
        sender.Dispose();
        Assert.False(sender.TryQueue(Opcode.Text, "Hello, Hello"u8));
        Assert.Equal(CloseState.Ended, sender.State);
    }

    string Read(WsReader peer)
    {
        outbox.Flush();
        WsEvent found = peer.Next(channel.TakeSent());
        Assert.Equal(WsEventKind.Text, found.Kind);
        return Encoding.ASCII.GetString(found.Payload.Span);
    }

    public void Dispose()
    {
        outbox.Dispose();
        channel.Dispose();
        heartbeat.Dispose();
    }
}
