using BenchmarkDotNet.Attributes;
using RawLongPoll.Wire;

namespace RawRealtime.Bench;

/// <summary>The answer of a poll: ten messages, which are JSON already, joined to one document.</summary>
public class BatchBenchmarks
{
    const int Messages = 10;

    byte[] item = [];

    /// <summary>Bytes of a message.</summary>
    [Params(125, 4_096)]
    public int Size { get; set; }

    /// <summary>Prepares all.</summary>
    [GlobalSetup]
    public void Begin() => item = [(byte)',', .. JsonMessages.Make(Size, 1)[0]];

    /// <summary>Writes it.</summary>
    /// <returns>Bytes written.</returns>
    [Benchmark]
    public int Write()
    {
        BatchWriter writer = new();
        writer.Begin("{\"from\":\"k3v9x0qa-7\",\"recovered\":true}"u8);
        for (int i = 0; i < Messages; i++) writer.Messages(item);
        writer.End("k3v9x0qa-17"u8);
        int length = writer.Written.Length;
        writer.Release();
        return length;
    }
}
