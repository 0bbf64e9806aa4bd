using System.IO.Compression;
using System.Text;

namespace RawRealtime.Tests;

/// <summary>The base library's gzip as a client of a live stream uses it: it decodes what can be decoded of the bytes that have come so far.</summary>
internal sealed class LiveGunzip : IDisposable
{
    readonly Arriving bytes = new();
    readonly GZipStream gzip;
    readonly MemoryStream all = new();

    public LiveGunzip() => gzip = new(bytes, CompressionMode.Decompress);

    /// <summary>What became readable with these bytes.</summary>
    public string Feed(ReadOnlySpan<byte> more)
    {
        bytes.Add(more);
        all.Write(more);
        List<byte> decoded = [];
        byte[] block = new byte[4096];
        try
        {
            while (gzip.Read(block) is int read and > 0) decoded.AddRange(block.AsSpan(0, read));
        }
        catch (NothingYetException)
        {
            return Encoding.UTF8.GetString([.. decoded]);
        }
        return Encoding.UTF8.GetString([.. decoded]);
    }

    /// <summary>The stream has its end, and the sums in it are right; more than one byte too few or too many is found out.</summary>
    public void AssertWhole()
    {
        using GZipStream again = new(new MemoryStream(all.ToArray()), CompressionMode.Decompress);
        using MemoryStream content = new();
        again.CopyTo(content); // throws when a sum is wrong
        byte[] end = all.ToArray()[^4..];
        Assert.Equal((uint)content.Length, BitConverter.ToUInt32(end));
    }

    public void Dispose() => gzip.Dispose();

    sealed class NothingYetException : Exception;

    sealed class Arriving : MemoryStream
    {
        readonly Queue<byte> waiting = [];

        public void Add(ReadOnlySpan<byte> more)
        {
            foreach (byte next in more) waiting.Enqueue(next);
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (waiting.Count == 0) throw new NothingYetException();
            int count = 0;
            while (count < buffer.Length && waiting.TryDequeue(out byte next)) buffer[count++] = next;
            return count;
        }
    }
}
