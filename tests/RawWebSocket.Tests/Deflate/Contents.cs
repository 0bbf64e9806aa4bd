using System.IO.Compression;
using System.Text;
using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

/// <summary>What is deflated and inflated in tests.</summary>
static class Contents
{
    internal static byte[] Json(int bytes, int seed = 7)
    {
        StringBuilder text = new();
        Random random = new(seed);
        for (int i = 0; text.Length < bytes; i++)
            text.Append("{\"channel\":\"news\",\"id\":\"k3v9x0qa-").Append(i).Append("\",\"data\":\"").Append(random.Next()).Append("\",\"time\":\"2026-11-22T16:05:55.").Append(random.Next(100, 999)).Append("Z\"},\n");
        return Encoding.UTF8.GetBytes(text.ToString()[..bytes]);
    }

    internal static byte[] Noise(int bytes)
    {
        byte[] noise = new byte[bytes];
        new Random(3).NextBytes(noise);
        return noise;
    }

    /// <summary>Each number of symbols occurs as often as the two before it together: the deepest code there can be.</summary>
    internal static byte[] Fibonacci()
    {
        List<byte> bytes = [];
        for (int symbol = 0, count = 1, before = 1; symbol < 22; symbol++, (count, before) = (count + before, count)) bytes.AddRange(Enumerable.Repeat((byte)(symbol * 11), count));
        byte[] mixed = [.. bytes];
        new Random(5).Shuffle(mixed);
        return mixed;
    }

    public static TheoryData<string, byte[]> All => new()
    {
        { "empty", [] },
        { "one byte", "a"u8.ToArray() },
        { "Hello", "Hello"u8.ToArray() },
        { "JSON, 200 B", Json(200) },
        { "JSON, 16 KiB", Json(16 << 10) },
        { "JSON, 150 KiB", Json(150 << 10) },
        { "zeros", new byte[70_000] },
        { "noise, 100 B", Noise(100) },
        { "noise, 64 KiB and one", Noise((64 << 10) + 1) },
        { "pairs", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("ab", 3_000))) },
        { "the deepest code", Fibonacci() },
        { "noise, then text, then noise", [.. Noise(3_000), .. Json(3_000), .. Noise(3_000)] },
    };

    /// <summary>What comes over the wire when the base library deflates messages on one stream. RFC 7692 §7.2.1.</summary>
    internal static List<byte[]> DeflatedByTheBaseLibrary(CompressionLevel level, params byte[][] messages)
    {
        using MemoryStream into = new();
        using DeflateStream stream = new(into, level, leaveOpen: true);
        List<byte[]> deflated = [];
        foreach (byte[] message in messages)
        {
            into.SetLength(0);
            stream.Write(message);
            stream.Flush();
            deflated.Add(into.Length < 4 ? [] : into.ToArray()[..^4]);
        }
        return deflated;
    }

    /// <summary>Inflates a message in pieces and ends it.</summary>
    internal static byte[] Inflate(MessageInflater inflater, ReadOnlySpan<byte> deflated, int size, int step)
    {
        byte[] output = new byte[size];
        int length = 0;
        for (int at = 0; at < deflated.Length; at += step)
        {
            ReadOnlySpan<byte> input = deflated.Slice(at, Math.Min(step, deflated.Length - at));
            Assert.Equal((InflateStatus.NeedInput, DeflateFault.None), (inflater.Inflate(ref input, output, ref length), inflater.Fault));
            Assert.True(input.IsEmpty);
        }
        Assert.True(inflater.TryEndMessage(output.AsSpan(0, length)));
        return output[..length];
    }

    internal static void Same(byte[] expected, ReadOnlySpan<byte> actual, string what) =>
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"{what}: differs at {expected.AsSpan().CommonPrefixLength(actual)} of {expected.Length}, {actual.Length}");
}
