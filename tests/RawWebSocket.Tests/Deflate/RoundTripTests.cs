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

    static byte[] Inflate(MessageInflater inflater, ReadOnlySpan<byte> deflated, int size, int step)
    {
        byte[] output = new byte[size];
        int length = 0;
        for (int at = 0; at < deflated.Length; at += step)
        {
            ReadOnlySpan<byte> input = deflated.Slice(at, Math.Min(step, deflated.Length - at));
            Assert.Equal(InflateStatus.NeedInput, inflater.Inflate(ref input, output, ref length));
            Assert.True(input.IsEmpty);
        }
        Assert.True(inflater.TryEndMessage(output.AsSpan(0, length)));
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
                if (content.Length > 0) flushed = flushed[..^4];
                foreach (int step in new[] { 1, 7, 1000, int.MaxValue / 2 }) Assert.True(content.AsSpan().SequenceEqual(Inflate(new(15, false), flushed, content.Length, step)), name);
            }
            Assert.True(content.AsSpan().SequenceEqual(Inflate(new(15, true), into.ToArray(), content.Length, 3)), name);
        }
    }

    [Theory, MemberData(nameof(Contents))]
    public void The_BCL_inflates_what_we_deflate(string name, byte[] content)
    {
        foreach (DeflateLevel level in Enum.GetValues<DeflateLevel>())
            for (int bits = 8; bits <= 15; bits++)
                foreach (bool keeps in new[] { false, true })
                {
                    using MessageDeflater deflater = new(level, bits, keeps);
                    using MessageInflater inflater = new(bits, keeps);
                    using MemoryStream all = new();
                    byte[] output = new byte[MessageDeflater.MaxLength(content.Length)];
                    for (int round = 0; round < 3; round++)
                    {
                        int length = deflater.Deflate(content, output);
                        all.Write(output, 0, length);
                        all.Write([0, 0, 0xFF, 0xFF]);
                        Assert.True(content.AsSpan().SequenceEqual(Inflate(inflater, output.AsSpan(0, length), content.Length, round == 0 ? 1 : 100_000)), name);
                    }
                    if (!keeps) Assert.Equal(0, deflater.HeldBytes + inflater.HeldBytes);
                    all.Position = 0;
                    using DeflateStream stream = new(all, CompressionMode.Decompress);
                    byte[] back = new byte[3 * content.Length + 1];
                    int count = stream.ReadAtLeast(back, 3 * content.Length, throwOnEndOfStream: false);
                    Assert.Equal(3 * content.Length, count);
                    for (int round = 0; round < 3; round++) Assert.True(content.AsSpan().SequenceEqual(back.AsSpan(round * content.Length, content.Length)), name);
                }
    }
}
