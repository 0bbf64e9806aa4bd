using System.Text;
using RawNet;
using RawWebSocket.Deflate;
using RawWebSocket.Tests.Wire;
using RawWebSocket.Wire;

namespace RawWebSocket.Tests;

public sealed class ServerFrameTests
{
    static string Hex(SharedBytes frame) => Convert.ToHexString(frame.Span);

    [Theory]
    [InlineData(true, "810548656C6C6F")]
    [InlineData(false, "820548656C6C6F")]
    public void A_message_is_one_unmasked_frame(bool isText, string hex)
    {
        SharedBytes frame = ServerFrame.Of(isText, "Hello"u8);
        Assert.Equal(hex, Hex(frame));
        frame.Release();
    }

    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(15)]
    public void A_compressed_frame_stands_alone_and_keeps_to_its_window(int windowBits)
    {
        byte[] message = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(i => $"{{\"id\":{i % 70}}},")));
        SharedBytes plain = ServerFrame.Of(isText: true, message), frame = ServerFrame.Deflated(plain, DeflateLevel.Fast, windowBits);
        using WsReader peer = new(WsRole.Client, WsLimits.Default, new MessageInflater(windowBits, keepsContext: false));
        Assert.Equal(0xC1, frame.Span[0]);
        Assert.True(frame.Length < plain.Length / 2);
        for (int i = 0; i < 2; i++) Assert.Equal(message, peer.Next(frame.Span.ToArray()).Payload.ToArray());
        plain.Release();
        frame.Release();
    }

    [Fact]
    public void What_would_not_become_smaller_stays_as_it_is()
    {
        SharedBytes plain = ServerFrame.Of(isText: true, "Hello"u8), frame = ServerFrame.Deflated(plain, DeflateLevel.Small, 15);
        Assert.Same(plain, frame);
        plain.Release();
        Assert.Equal(Convert.ToHexString(Bytes.Of("81 05 48656C6C6F")), Hex(frame)); // still held
        frame.Release();
        Assert.Throws<ObjectDisposedException>(frame.Release);
    }
}
