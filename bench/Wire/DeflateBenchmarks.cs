using System.IO.Compression;
using BenchmarkDotNet.Attributes;
using RawWebSocket.Deflate;

namespace RawRealtime.Bench;

/// <summary>Messages deflated, one after the other, as on one connection.</summary>
public class DeflateBenchmarks
{
    byte[][] messages = [];
    byte[] output = [];
    BaseDeflater? fastest, optimal;
    MessageDeflater? fast, small;

    /// <summary>Bytes of a message.</summary>
    [Params(200, 1_024, 4_096, 16_384)]
    public int Size { get; set; }

    /// <summary>Whether a message may refer to earlier ones.</summary>
    [Params(false, true)]
    public bool Takeover { get; set; }

    /// <summary>Prepares all.</summary>
    [GlobalSetup]
    public void Begin()
    {
        messages = JsonMessages.Make(Size);
        output = new byte[MessageDeflater.MaxLength(Size)];
        (fastest, optimal) = (new(CompressionLevel.Fastest, Takeover), new(CompressionLevel.Optimal, Takeover));
        (fast, small) = (new(DeflateLevel.Fast, 15, Takeover), new(DeflateLevel.Small, 15, Takeover));
    }

    /// <summary>Gives all back.</summary>
    [GlobalCleanup]
    public void End()
    {
        fastest?.Dispose();
        optimal?.Dispose();
        fast?.Dispose();
        small?.Dispose();
    }

    /// <summary>The base library, CompressionLevel.Fastest.</summary>
    /// <returns>Bytes out.</returns>
    [Benchmark(Baseline = true)]
    public int Fastest() => Sum(fastest!);

    /// <summary>Ours, DeflateLevel.Fast.</summary>
    /// <returns>Bytes out.</returns>
    [Benchmark]
    public int Fast() => Sum(fast!);

    /// <summary>The base library, CompressionLevel.Optimal.</summary>
    /// <returns>Bytes out.</returns>
    [Benchmark]
    public int Optimal() => Sum(optimal!);

    /// <summary>Ours, DeflateLevel.Small.</summary>
    /// <returns>Bytes out.</returns>
    [Benchmark]
    public int Small() => Sum(small!);

    /// <summary>How many messages one run takes.</summary>
    internal int Messages => messages.Length;

    int Sum(BaseDeflater deflater)
    {
        int sum = 0;
        foreach (byte[] message in messages) sum += deflater.Deflate(message).Length;
        return sum;
    }

    int Sum(MessageDeflater deflater)
    {
        int sum = 0;
        foreach (byte[] message in messages) sum += deflater.Deflate(message, output);
        return sum;
    }
}
