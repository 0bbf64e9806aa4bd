using System.Text;
using RawWebSocket.Deflate;
using RawWebSocket.Tests.Wire;
using RawWebSocket.Wire;

namespace RawWebSocket.Tests;

/// <summary>A whole connection with compression agreed on. RFC 7692 §6 and §7.2.</summary>
public sealed class WsCompressionTests
{
    static readonly DeflateParameters Keeping = new(false, false, 15, 15);
    static readonly WsOptions Options = new() { Compression = new() { MinBytes = 10, ServerContextTakeover = true, ClientContextTakeover = true } };
    static readonly string Text = string.Concat(Enumerable.Range(0, 50).Select(i => $"message {i}; "));

    [Theory]
    [InlineData(WsRole.Server)]
    [InlineData(WsRole.Client)]
    public void What_comes_compressed_goes_back_compressed_and_shorter_each_time(WsRole us)
    {
        WsRole them = us == WsRole.Server ? WsRole.Client : WsRole.Server;
        using WsRig rig = new(new EchoHandler(), us, Options, compression: Keeping);
        using MessageDeflater deflater = Keeping.DeflaterOf(them, DeflateLevel.Small);
        using WsReader peer = new(them, WsLimits.Default, Keeping.InflaterOf(them));
        List<int> sizes = [];
        for (int i = 0; i < 3; i++)
        {
            rig.Channel.Arrive(Frame(us, deflater));
            Memory<byte> sent = rig.Channel.TakeSent();
            sizes.Add(sent.Length);
            WsEvent echo = peer.Next(sent);
            Assert.Equal((WsEventKind.Text, Text), (echo.Kind, Encoding.ASCII.GetString(echo.Payload.Span)));
        }
        Assert.True(sizes[0] < Text.Length / 2 && sizes[1] < sizes[0] / 2 && sizes[2] <= sizes[1], string.Join(' ', sizes));
    }

    [Fact]
    public void A_peer_that_falls_silent_is_referred_to_nothing_old_any_more()
    {
        using WsRig rig = new(new EchoHandler(), WsRole.Server, Options, compression: Keeping);
        Assert.True(rig.Connection.TrySendText(Encoding.ASCII.GetBytes(Text)));
        byte[] first = rig.Channel.TakeSent();
        rig.Time.Advance(25_100);
        Assert.Equal("Ping", rig.TakeSent());
        Assert.True(rig.Connection.TrySendText(Encoding.ASCII.GetBytes(Text)));
        Assert.Equal(first, rig.Channel.TakeSent());
    }

    [Fact]
    public async Task Compressed_data_that_is_broken_fails_the_connection_with_1007()
    {
        using WsRig rig = new(new EchoHandler(), WsRole.Server, Options, compression: Keeping);
        byte[] frame = Bytes.FrameFor(WsRole.Server, Opcode.Text, [0x06]);
        frame[0] |= 0x40;
        rig.Channel.Arrive(frame);
        Assert.Equal($"Close 1007 {WsFaults.ReasonOf(WsFault.BadDeflateData)}", rig.TakeSent());
        rig.Channel.ArriveEnd();
        Assert.Equal(WsEnding.Refused, await rig.Run);
    }

    static byte[] Frame(WsRole us, MessageDeflater deflater)
    {
        byte[] deflated = new byte[MessageDeflater.MaxLength(Text.Length)];
        byte[] frame = Bytes.FrameFor(us, Opcode.Text, deflated[..deflater.Deflate(Encoding.ASCII.GetBytes(Text), deflated)]);
        frame[0] |= 0x40;
        return frame;
    }
}
