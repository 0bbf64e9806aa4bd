using System.Text;
using BenchmarkDotNet.Attributes;
using RawWebSocket.Wire;

namespace RawRealtime.Bench;

/// <summary>What is done to every byte of a client's text: unmasking, and judging UTF-8.</summary>
public class PayloadBenchmarks
{
    byte[] ascii = [], mixed = [];

    /// <summary>Bytes of the payload.</summary>
    [Params(16, 125, 1_024, 65_536)]
    public int Size { get; set; }

    /// <summary>Prepares all.</summary>
    [GlobalSetup]
    public void Begin()
    {
        ascii = Encoding.ASCII.GetBytes(new string('x', Size));
        byte[] words = Encoding.UTF8.GetBytes("Grüße, 世界! "); // one to three bytes a character
        mixed = Encoding.ASCII.GetBytes(new string('.', Size));
        for (int at = 0; at + words.Length <= Size; at += words.Length) words.CopyTo(mixed, at);
    }

    /// <summary>XOR in place.</summary>
    /// <returns>A byte, so that it is done.</returns>
    [Benchmark]
    public int Mask()
    {
        byte[] bytes = mask ??= new byte[Size];
        Masking.Apply(bytes, 0x12345678, 0);
        return bytes[0];
    }

    /// <summary>Text of ASCII.</summary>
    /// <returns>1 for valid.</returns>
    [Benchmark]
    public int Utf8Ascii() => Judge(ascii);

    /// <summary>Text with characters of two and three bytes.</summary>
    /// <returns>1 for valid.</returns>
    [Benchmark]
    public int Utf8Mixed() => Judge(mixed);

    byte[]? mask;

    static int Judge(byte[] text)
    {
        Utf8Stream stream = default;
        return stream.Append(text) && stream.IsComplete ? 1 : throw new InvalidDataException("It is valid.");
    }
}
