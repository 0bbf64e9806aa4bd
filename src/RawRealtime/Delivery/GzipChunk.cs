using RawHttp.Wire;
using RawNet;
using RawWebSocket.Deflate;

namespace RawRealtime.Delivery;

/// <summary>
/// A piece of a gzip stream as one chunk. It refers to nothing before it, so the same bytes suit every stream (docs/decisions, 0043), and it can
/// be read whole as soon as it has come.
/// </summary>
internal static class GzipChunk
{
    /// <summary>Compresses a piece, or stores it where that is no longer.</summary>
    /// <param name="piece">At least one byte.</param>
    /// <returns>The chunk, whose one reference goes to the caller.</returns>
    public static SharedBytes Of(ReadOnlySpan<byte> piece)
    {
        int stored = GzipWriter.StoredLength(piece.Length);
        int most = Math.Max(stored, MessageDeflater.MaxLength(piece.Length) + GzipWriter.FlushEnd.Length);
        SharedBytes chunk = SharedBytes.Rent(ChunkWriter.MaxHeadBytes + most + ChunkWriter.End.Length);
        Span<byte> blocks = chunk.Span[ChunkWriter.MaxHeadBytes..];
        int length = Deflate(piece, blocks);
        if (length >= stored) length = GzipWriter.WriteStored(blocks, piece);
        chunk.Trim(Frame(chunk.Span, blocks[..length]));
        return chunk;
    }

    static int Deflate(ReadOnlySpan<byte> piece, Span<byte> blocks)
    {
        using MessageDeflater deflater = new(DeflateLevel.Fast, DeflateParameters.MaxWindowBits, keepsContext: false);
        int length = deflater.Deflate(piece, blocks);
        GzipWriter.FlushEnd.CopyTo(blocks[length..]);
        return length + GzipWriter.FlushEnd.Length;
    }

    // The size is known last and stands first: what it frames moves up behind it.
    static int Frame(Span<byte> chunk, ReadOnlySpan<byte> blocks)
    {
        int head = ChunkWriter.WriteHead(chunk, blocks.Length);
        blocks.CopyTo(chunk[head..]);
        ChunkWriter.End.CopyTo(chunk[(head + blocks.Length)..]);
        return head + blocks.Length + ChunkWriter.End.Length;
    }
}
