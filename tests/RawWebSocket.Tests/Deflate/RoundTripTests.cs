using System.IO.Compression;
using System.Text;
using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class RoundTripTests
{
    static byte[] Json(int bytes)
    {
        StringBuilder text = new();
        Random random = new(7);
        for (int i = 0; text.Length < bytes; i++)
            text.Append("{\"channel\":\"news\",\"id\":\"k3v9x0qa-").Append(i).Append("\",\"data\":\"").Append(random.Next()).Append("\",\"time\":\"2026-11-22T16:05:55.").Append(random.Next(100, 999)).Append("Z\"},\n");
        return Encoding.UTF8.GetBytes(text.ToString()[..bytes]);
    }

    static byte[] Noise(int bytes)
    {
        byte[] noise = new byte[bytes];
        new Random(3).NextBytes(noise);
        return noise;
    }

    public static TheoryData<string, byte[]> Contents => new()
    {
        { "empty", [] },
        { "one", "a"u8.ToArray() },
        { "hello", "Hello"u8.ToArray() },
        { "json 200", Json(200) },
        { "json 16 KiB", Json(16 << 10) },
        { "json 300 KiB", Json(300 << 10) },
        { "zeros", new byte[200_000] },
        { "noise 100", Noise(100) },
        { "noise 200 KiB", Noise(200 << 10) },
        { "abab", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("ab", 5000))) },
    };

    static byte[] Inflate(byte[] deflated, int size, int step)
    {
        Inflater inflater = new();
        byte[] output = new byte[size + 1];
        int length = 0;
        for (int at = 0; at < deflated.Length; at += step)
        {
            ReadOnlySpan<byte> input = deflated.AsSpan(at, Math.Min(step, deflated.Length - at));
            Assert.Equal(InflateStatus.NeedInput, inflater.Inflate(ref input, output, ref length, default, 32768));
            Assert.True(input.IsEmpty);
        }
        Assert.True(inflater.TryEndMessage());
        return output[..length];
    }

    [Theory, MemberData(nameof(Contents))]
    public void We_inflate_what_the_BCL_deflates(string name, byte[] content)
    {
        foreach (CompressionLevel level in Enum.GetValues<CompressionLevel>())
        {
            using MemoryStream into = new();
            using (DeflateStream stream = new(into, level, leaveOpen: true))
            {
                stream.Write(content);
                stream.Flush();
                byte[] flushed = into.ToArray();
                foreach (int step in new[] { 1, 7, 1000, int.MaxValue / 2 }) Assert.True(content.AsSpan().SequenceEqual(Inflate(flushed, content.Length, step)), name);
            }
            Assert.True(content.AsSpan().SequenceEqual(Inflate(into.ToArray(), content.Length, 3)), name);
        }
    }

    [Theory, MemberData(nameof(Contents))]
    public void The_BCL_inflates_what_we_deflate(string name, byte[] content)
    {
        byte[] output = new byte[MessageDeflater.MaxLength(content.Length)];
        int length = MessageDeflater.Deflate(content, output, 32768);
        Assert.True(content.AsSpan().SequenceEqual(Inflate(output[..length], content.Length, 1)), name);
        using MemoryStream input = new([.. output[..length], 0, 0, 0xFF, 0xFF]);
        using DeflateStream stream = new(input, CompressionMode.Decompress);
        byte[] back = new byte[content.Length + 1];
        int count = stream.ReadAtLeast(back, content.Length, throwOnEndOfStream: false);
        Assert.True(content.AsSpan().SequenceEqual(back.AsSpan(0, count)), name);
    }

    [Fact]
    public void Speed()
    {
        foreach (int size in new[] { 200, 1024, 4096, 16384 })
        {
            byte[] content = Json(size), output = new byte[MessageDeflater.MaxLength(size)];
            int rounds = 8_000_000 / size, length = 0;
            for (int i = 0; i < rounds; i++) length = MessageDeflater.Deflate(content, output, 32768);
            var watch = System.Diagnostics.Stopwatch.StartNew();
            for (int i = 0; i < rounds; i++) length = MessageDeflater.Deflate(content, output, 32768);
            double ours = watch.Elapsed.TotalNanoseconds / rounds / size;
            using MemoryStream into = new();
            using DeflateStream stream = new(into, CompressionLevel.Fastest, leaveOpen: true);
            watch.Restart();
            long theirs = 0;
            for (int i = 0; i < rounds; i++) { into.SetLength(0); stream.Write(content); stream.Flush(); theirs = into.Length; }
            double bcl = watch.Elapsed.TotalNanoseconds / rounds / size;
            Inflater inflater = new();
            byte[] back = new byte[size + 300];
            watch.Restart();
            for (int i = 0; i < rounds; i++) { inflater.Reset(); int n = 0; ReadOnlySpan<byte> input = output.AsSpan(0, length); inflater.Inflate(ref input, back, ref n, default, 32768); }
            double inflate = watch.Elapsed.TotalNanoseconds / rounds / size;
            Console.WriteLine($"{size}: ours {ours:0.00} ns/B {length} B; bcl {bcl:0.00} ns/B {theirs} B (context kept); inflate {inflate:0.00} ns/B");
        }
    }
}
