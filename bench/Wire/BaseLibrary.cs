using System.IO.Compression;

namespace RawRealtime.Bench;

/// <summary>
/// Deflates messages with the base library, as far as its API allows reuse: with context one stream for all, flushed after each message; without,
/// a new stream for each, since none can be set back.
/// </summary>
sealed class BaseDeflater(CompressionLevel level, bool keepsContext) : IDisposable
{
    readonly MemoryStream output = new(1 << 18);
    DeflateStream? stream;

    public void Dispose()
    {
        stream?.Dispose();
        output.Dispose();
    }

    /// <summary>Deflates a message.</summary>
    /// <returns>What it takes on the wire: without the 00 00 FF FF of RFC 7692 §7.2.1.</returns>
    internal ReadOnlySpan<byte> Deflate(byte[] message)
    {
        output.SetLength(0);
        stream ??= new(output, level, leaveOpen: true);
        stream.Write(message);
        stream.Flush();
        ReadOnlySpan<byte> deflated = output.GetBuffer().AsSpan(0, (int)output.Length - 4);
        if (keepsContext) return deflated;
        stream.Dispose(); // writes a last block, too, which nobody sends
        stream = null;
        return deflated;
    }
}

/// <summary>Inflates messages with the base library, likewise.</summary>
sealed class BaseInflater(bool keepsContext) : IDisposable
{
    readonly byte[] room = new byte[1 << 18];
    MemoryStream input = new(0);
    DeflateStream? stream;

    public void Dispose()
    {
        stream?.Dispose();
        input.Dispose();
    }

    /// <summary>Inflates a message.</summary>
    /// <param name="deflated">What came over the wire, with 00 00 FF FF put back behind it.</param>
    /// <param name="message">Room for exactly the message: the stream cannot tell where one ends.</param>
    internal void Inflate(byte[] deflated, byte[] message)
    {
        if (stream is null)
        {
            input = new(room, 0, room.Length, writable: true);
            stream = new(input, CompressionMode.Decompress, leaveOpen: true);
        }
        input.SetLength(deflated.Length); // clears what it adds
        deflated.CopyTo(room, 0);
        input.Position = 0;
        stream.ReadExactly(message);
        if (keepsContext) return;
        stream.Dispose();
        stream = null;
    }
}
