using System.IO.Compression;
using BenchmarkDotNet.Attributes;
using RawWebSocket.Deflate;

namespace RawRealtime.Bench;

/// <summary>Messages inflated, one after the other, as on one connection. Both read the same bytes, which the base library made.</summary>
public class InflateBenchmarks
{
    byte[][] deflated = [], withEnd = [];
    byte[] message = [], room = [];
    BaseInflater? theirs;
    MessageInflater? ours;

    /// <summary>Bytes of a message.</summary>
    [Params(200, 1_024, 4_096, 16_384)]
    public int Size { get; set; }

    /// <summary>Whether a message may refer to earlier ones.</summary>
    [Params(false, true)]
    public bool Takeover { get; set; }

    /// <summary>What the base library deflated them with: Optimal mostly brings codes of its own, Fastest never does.</summary>
    [Params(CompressionLevel.Optimal, CompressionLevel.Fastest)]
    public CompressionLevel Made { get; set; }

    /// <summary>Prepares all. With context the second round is read, over and over: what it refers to is then always there.</summary>
    [GlobalSetup]
    public void Begin()
    {
        byte[][] messages = JsonMessages.Make(Size);
        using var deflater = new BaseDeflater(Made, Takeover);
        (theirs, ours) = (new(Takeover), new(15, Takeover));
        (message, room) = (new byte[Size], new byte[Size + 1]);
        for (int round = 0; round < 2; round++)
        {
            deflated = [.. messages.Select(one => deflater.Deflate(one).ToArray())];
            withEnd = [.. deflated.Select(one => (byte[])[.. one, 0, 0, 0xFF, 0xFF])];
            Theirs();
            Ours();
        }
        if (!room.AsSpan(0, Size).SequenceEqual(message)) throw new InvalidDataException("Both must read the same.");
    }

    /// <summary>Gives all back.</summary>
    [GlobalCleanup]
    public void End()
    {
        theirs?.Dispose();
        ours?.Dispose();
    }

    /// <summary>The base library.</summary>
    [Benchmark(Baseline = true)]
    public void Theirs()
    {
        foreach (byte[] one in withEnd) theirs!.Inflate(one, message);
    }

    /// <summary>Ours.</summary>
    [Benchmark]
    public void Ours()
    {
        foreach (byte[] one in deflated)
        {
            ReadOnlySpan<byte> input = one;
            int length = 0;
            ours!.Inflate(ref input, room, ref length);
            if (!ours.TryEndMessage(room.AsSpan(0, length))) throw new InvalidDataException("A whole message ends.");
        }
    }

    /// <summary>How many messages one run takes.</summary>
    internal int Messages => deflated.Length;
}
