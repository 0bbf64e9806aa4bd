using System.Text;
using CsCheck;
using RawWebSocket.Wire;

namespace RawWebSocket.Tests.Wire;

public sealed class WsWriterTests
{
    static string Written(WsWriter writer, Opcode opcode, string payload, bool isFinal = true)
    {
        byte[] frame = new byte[writer.SizeOf(payload.Length)];
        Assert.Equal(frame.Length, writer.Write(frame, opcode, Encoding.UTF8.GetBytes(payload), isFinal));
        return Convert.ToHexString(frame);
    }

    [Fact]
    public void RFC_6455_5_7_single_frame_unmasked_text() => Assert.Equal("810548656C6C6F", Written(WsWriter.ForServer, Opcode.Text, "Hello"));

    [Fact]
    public void RFC_6455_5_7_single_frame_masked_text() =>
        Assert.Equal("818537FA213D7F9F4D5158", Written(WsWriter.ForClient(new FixedKey()), Opcode.Text, "Hello"));

    [Fact]
    public void RFC_6455_5_7_fragmented_unmasked_text()
    {
        Assert.Equal("010348656C", Written(WsWriter.ForServer, Opcode.Text, "Hel", isFinal: false));
        Assert.Equal("80026C6F", Written(WsWriter.ForServer, Opcode.Continuation, "lo"));
    }

    [Fact]
    public void RFC_6455_5_7_unmasked_ping_and_masked_pong()
    {
        Assert.Equal("890548656C6C6F", Written(WsWriter.ForServer, Opcode.Ping, "Hello"));
        Assert.Equal("8A8537FA213D7F9F4D5158", Written(WsWriter.ForClient(new FixedKey()), Opcode.Pong, "Hello"));
    }

    [Theory]
    [InlineData("5.7 256 bytes", 256, "827E0100")]
    [InlineData("5.7 64 KiB", 65536, "827F0000000000010000")]
    public void RFC_6455_5_7_larger_messages(string rule, int length, string header) =>
        Assert.True(Written(WsWriter.ForServer, Opcode.Binary, new string('x', length)).StartsWith(header, StringComparison.Ordinal), rule);

    [Fact]
    public void The_payload_may_lie_at_its_place_already()
    {
        byte[] block = new byte[7];
        "Hello"u8.CopyTo(block.AsSpan(2));
        WsWriter.ForServer.Write(block, Opcode.Text, block.AsSpan(2, 5));
        Assert.Equal("810548656C6C6F", Convert.ToHexString(block));
    }

    [Fact]
    public void The_callers_payload_is_not_masked()
    {
        byte[] payload = [.. "Hello"u8];
        WsWriter.ForClient(new FixedKey()).Write(new byte[11], Opcode.Text, payload);
        Assert.Equal("Hello"u8, payload);
    }

    [Fact]
    public void A_close_frame_carries_code_and_reason()
    {
        byte[] frame = new byte[WsWriter.MaxControlFrameBytes];
        int length = WsWriter.ForServer.WriteClose(frame, CloseCode.GoingAway, "bye");
        Assert.Equal("880503E9627965", Convert.ToHexString(frame.AsSpan(0, length)));
        length = WsWriter.ForServer.WriteClose(frame, CloseCode.NoStatus, "");
        Assert.Equal("8800", Convert.ToHexString(frame.AsSpan(0, length)));
    }

    [Fact]
    public void The_largest_close_frame_fits()
    {
        byte[] frame = new byte[WsWriter.MaxControlFrameBytes];
        int length = WsWriter.ForClient(new FixedKey()).WriteClose(frame, CloseCode.Normal, new string('x', ClosePayload.MaxReasonBytes));
        Assert.Equal(WsWriter.MaxControlFrameBytes, length);
    }

    [Fact]
    public void What_is_written_is_read_back_whatever_the_cuts() =>
        Gen.Select(Gen.Byte.Array[0, 70_000], Gen.Int[0, 3], Gen.UInt, Gen.Int[1, 5000], Gen.Bool).Sample((payload, fragments, key, step, asClient) =>
        {
            WsWriter writer = asClient ? WsWriter.ForClient(new FixedKey(key)) : WsWriter.ForServer;
            using var reader = new WsReader(asClient ? WsRole.Server : WsRole.Client, WsLimits.Default);
            byte[] wire = InFragments(writer, payload, fragments);
            return ReadInSteps(reader, wire, step) is { } read && read.AsSpan().SequenceEqual(payload);
        }, iter: 300);

    static byte[] InFragments(WsWriter writer, byte[] payload, int more)
    {
        var wire = new MemoryStream();
        int from = 0;
        for (int i = 0; i <= more; i++)
        {
            int to = i == more ? payload.Length : from + (payload.Length - from) / 2;
            byte[] frame = new byte[writer.SizeOf(to - from)];
            writer.Write(frame, i == 0 ? Opcode.Binary : Opcode.Continuation, payload.AsSpan(from, to - from), isFinal: i == more);
            wire.Write(frame);
            from = to;
        }
        return wire.ToArray();
    }

    static byte[]? ReadInSteps(WsReader reader, byte[] wire, int step)
    {
        int start = 0;
        for (int end = 0; end < wire.Length;)
        {
            end = Math.Min(end + step, wire.Length);
            WsEvent found = reader.Next(wire.AsMemory(start, end - start));
            start += found.Consumed;
            if (found.Kind == WsEventKind.Binary) return found.Payload.ToArray();
        }
        return null;
    }

    [Fact]
    public void Warm_frames_allocate_nothing()
    {
        WsWriter writer = WsWriter.ForClient(new RandomMaskKeys());
        byte[] frame = new byte[200], payload = new byte[100];
        for (int i = 0; i < 100; i++) writer.Write(frame, Opcode.Text, payload);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) writer.Write(frame, Opcode.Text, payload);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
