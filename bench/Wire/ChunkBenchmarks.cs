using BenchmarkDotNet.Attributes;
using RawHttp.Wire;

namespace RawRealtime.Bench;

/// <summary>Chunked content: one chunk out, and the same chunk in with the last one behind it.</summary>
public class ChunkBenchmarks
{
    byte[] data = [], content = [];

    /// <summary>Bytes of the chunk's data.</summary>
    [Params(125, 4_096)]
    public int Size { get; set; }

    /// <summary>Prepares all.</summary>
    [GlobalSetup]
    public void Begin()
    {
        data = JsonMessages.Make(Size, 1)[0];
        content = new byte[ChunkWriter.FramedLength(Size) + ChunkWriter.LastChunk.Length];
        ChunkWriter.LastChunk.CopyTo(content.AsSpan(Write()));
    }

    /// <summary>Size, data, line end.</summary>
    /// <returns>Bytes written.</returns>
    [Benchmark]
    public int Write() => ChunkWriter.Write(content, data);

    /// <summary>All content to its end.</summary>
    /// <returns>Bytes of data.</returns>
    [Benchmark]
    public int Read()
    {
        ChunkedBodyReader reader = new(HttpLimits.Default);
        ReadOnlySpan<byte> unread = content;
        int sum = 0;
        while (!reader.IsComplete)
        {
            unread = unread[reader.Read(unread, out ReadOnlySpan<byte> piece).Consumed..];
            sum += piece.Length;
        }
        return sum;
    }
}
