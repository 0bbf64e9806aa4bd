using System.Text;
using RawHub;
using RawNet;
using RawRealtime.Delivery;
using RawWebSocket.Deflate;
using RawWebSocket.Wire;

namespace RawRealtime.Tests.Delivery;

/// <summary>RFC 7692 for broadcasts: each setting's bytes are made once and shared.</summary>
public sealed class FrameFormsTests : IDisposable
{
    const string Offer = "Sec-WebSocket-Extensions: permessage-deflate";
    static readonly string Data = string.Concat(Enumerable.Range(0, 400).Select(i => $"{{\"row\":{i % 90},\"value\":{i}}},"));

    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    static string Inflated(byte[] sent, int windowBits = 15)
    {
        using WsReader reader = new(WsRole.Client, WsLimits.Default, new MessageInflater(windowBits, keepsContext: false));
        StringBuilder all = new();
        for (Memory<byte> unread = sent; unread.Length > 0;)
        {
            WsEvent found = reader.Next(unread);
            Assert.Equal(WsEventKind.Text, found.Kind);
            all.Append(Encoding.UTF8.GetString(found.Payload.Span));
            unread = unread[found.Consumed..];
        }
        return all.ToString();
    }

    [Fact]
    public void Who_offers_compression_gets_what_others_get_in_fewer_bytes()
    {
        RigPeer plain = rig.Connect(), one = rig.Connect(), two = rig.Connect();
        plain.Open("/ws?channel=a");
        Assert.Contains("\r\nSec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n", one.Open("/ws?channel=a", Offer + "\r\n"));
        two.Open("/ws?channel=a", Offer + "\r\n");
        rig.Publish("channel=a", Data);
        byte[] sent = one.Channel.TakeSent();
        Assert.Equal("text " + Data, Assert.Single(plain.Frames()));
        Assert.Equal(0xC1, sent[0]);
        Assert.True(sent.Length < Data.Length / 4, $"{sent.Length}");
        Assert.Equal(sent, two.Channel.TakeSent());
        Assert.Equal(Data, Inflated(sent));
    }

    [Fact]
    public void Messages_with_cursors_are_compressed_too_for_one_channel_or_several()
    {
        foreach (string channels in (string[])["channel=a", "channel=a&channel=b"])
        {
            RigPeer peer = rig.Connect();
            peer.Open("/ws?" + channels, $"Sec-WebSocket-Protocol: rawrealtime.v1\r\n{Offer}\r\n");
            Assert.Contains("\"type\":\"position\"", Assert.Single(peer.Frames())); // too small to be compressed
            rig.Publish("channel=a", Data);
            byte[] sent = peer.Channel.TakeSent();
            Assert.Equal(0xC1, sent[0]);
            Assert.StartsWith("{\"type\":\"message\",\"cursor\":\"", Inflated(sent));
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(14)]
    public void The_window_asked_for_is_kept(int bits)
    {
        RigPeer peer = rig.Connect();
        peer.Open("/ws?channel=a", $"{Offer}; server_max_window_bits={bits}\r\n");
        rig.Publish("channel=a", Data);
        Assert.Equal(Data, Inflated(peer.Channel.TakeSent(), bits));
    }

    [Fact]
    public void Small_messages_are_sent_as_they_are()
    {
        RigPeer peer = rig.Connect();
        peer.Open("/ws?channel=a", Offer + "\r\n");
        rig.Publish("channel=a", new('m', 255));
        Assert.Equal(0x81, peer.Channel.TakeSent()[0]);
        rig.Publish("channel=a", new('m', 256));
        Assert.Equal(0xC1, peer.Channel.TakeSent()[0]);
    }

    [Fact]
    public void Without_the_setting_offers_are_declined()
    {
        using ServerRig off = new(new() { Compression = null });
        Assert.DoesNotContain("Extensions", off.Connect().Open("/ws?channel=a", Offer + "\r\n"));
    }

    [Theory]
    [InlineData("another connection, the same window", 15, 15, 20_000, true)]
    [InlineData("two windows that one form serves", 12, 14, 20_000, true)]
    [InlineData("two windows that need two", 12, 15, 20_000, false)]
    [InlineData("two windows that both hold all of it", 12, 15, 4_000, true)]
    public void Each_form_is_made_once(string rule, int bits, int otherBits, int length, bool isShared)
    {
        FrameForms forms = new(Formats.DataFrame, Formats.DeflatedDataFrames, DeflateOptions.Default);
        Looking looking = new(message =>
        {
            SharedBytes one = forms.Encoded(message, new(true, true, bits, 15));
            Assert.Same(one, forms.Encoded(message, new(true, true, bits, 8)));
            Assert.True(isShared == ReferenceEquals(one, forms.Encoded(message, new(true, true, otherBits, 15))), rule);
            Assert.NotSame(one, forms.Encoded(message, null));
        });
        Assert.True(ChannelPattern.TryParse("a", out ChannelPattern channel));
        using Subscription subscription = rig.Server.Hub.Subscribe([channel], null, looking, new(TransportKind.WebSocket))!;
        subscription.Start();
        rig.Publish("channel=a", string.Concat(Enumerable.Range(0, length / 8).Select(i => $"{i * 7919 % 10007:x8}")));
        Assert.Equal(1, looking.Count);
    }
}
