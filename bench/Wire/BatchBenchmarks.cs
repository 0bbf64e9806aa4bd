using System.Buffers;
using BenchmarkDotNet.Attributes;
using RawLongPoll.Wire;

namespace RawRealtime.Bench;

/// <summary>The answer of a poll: ten messages, which are JSON already, joined to one document.</summary>
public class BatchBenchmarks
{
    const int Messages = 10;

    readonly ArrayBufferWriter<byte> output = new(1 << 20);
    byte[] message = [];

    /// <summary>Bytes of a message.</summary>
    [Params(125, 4_096)]
    public int Size { get; set; }

    /// <summary>Prepares all.</summary>
    [GlobalSetup]
    public void Begin() => message = JsonMessages.Make(Size, 1)[0];

    /// <summary>Writes it.</summary>
    /// <returns>Bytes written.</returns>
    [Benchmark]
    public int Write()
    {
        output.ResetWrittenCount();
        BatchWriter writer = new(output);
        writer.Begin("{\"from\":\"k3v9x0qa-7\",\"recovered\":true}"u8);
        for (int i = 0; i < Messages; i++) writer.Message(message);
        writer.End("k3v9x0qa-17"u8);
        return output.WrittenCount;
    }
}
