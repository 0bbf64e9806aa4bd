using RawNet;
using RawWebSocket.Deflate;
using RawWebSocket.Tests.Wire;
using RawWebSocket.Wire;

namespace RawWebSocket.Tests;

public sealed class DeflatedFrameTests
{
    static string? Written(WsWriter writer, ReadOnlySpan<byte> message)
    {
        using MessageDeflater deflater = new(DeflateLevel.Fast, 15, keepsContext: false);
        SharedBytes? frame = DeflatedFrame.TryWrite(writer, deflater, Opcode.Text, message);
        string? hex = frame is null ? null : Convert.ToHexString(frame.Span);
        frame?.Release();
        return hex;
    }

    [Fact]
    public void RFC_7692_6_1_RSV1_says_that_the_message_is_compressed() =>
        Assert.Equal("C109F248CDC9C947230000", Written(WsWriter.ForServer, "HelloHelloHelloHello"u8));

    [Fact]
    public void RFC_6455_5_3_a_clients_is_masked() =>
        Assert.StartsWith("C18937FA213D", Written(WsWriter.ForClient(new FixedKey()), "HelloHelloHelloHello"u8), StringComparison.Ordinal);

    [Fact]
    public void What_would_not_become_smaller_is_none() => Assert.Null(Written(WsWriter.ForServer, "Hello"u8));
}
