using BenchmarkDotNet.Attributes;
using RawWebSocket.Wire;

namespace RawRealtime.Bench;

/// <summary>The 2 to 14 bytes in front of a WebSocket payload.</summary>
public class FrameHeaderBenchmarks
{
    readonly byte[] bytes = new byte[16];

    /// <summary>Bytes of the payload, which decide about the header's form.</summary>
    [Params(125, 1_000, 100_000)]
    public int Payload { get; set; }

    /// <summary>Prepares what is read.</summary>
    [GlobalSetup]
    public void Begin() => Write();

    /// <summary>A client's header.</summary>
    /// <returns>Bytes written.</returns>
    [Benchmark]
    public int Write() => FrameHeader.Of(Opcode.Text, isFinal: true, Payload, maskKey: 0x12345678).Write(bytes);

    /// <summary>The same header.</summary>
    /// <returns>Bytes read.</returns>
    [Benchmark]
    public int Read()
    {
        FrameHeader.Read(bytes, out _, out int consumed);
        return consumed;
    }
}
