using Microsoft.Win32.SafeHandles;
using RawHttp.Wire;
using RawNet;

namespace RawHttp;

/// <summary>The bytes of a representation.</summary>
abstract class ContentSource
{
    /// <summary>How many there are.</summary>
    internal abstract long Length { get; }

    /// <summary>Writes some of them.</summary>
    /// <returns>False when they are not there any more, or the peer has left.</returns>
    internal abstract ValueTask<bool> CopyAsync(ByteRange range, FixedBodyStream to);
}

/// <summary>Bytes that are in memory for good.</summary>
sealed class MemoryContent(byte[] bytes) : ContentSource
{
    internal static MemoryContent Empty { get; } = new([]);

    internal override long Length => bytes.Length;

    internal ReadOnlySpan<byte> Part(ByteRange range) => bytes.AsSpan((int)range.First, (int)range.Length);

    internal override ValueTask<bool> CopyAsync(ByteRange range, FixedBodyStream to) => to.WriteAsync(bytes.AsMemory((int)range.First, (int)range.Length));
}

/// <summary>
/// Bytes of an open file, read in pieces while they are sent. Before a piece is sent the file must still be what it was when it was opened:
/// as long, and not written to since. So the last piece of a file that changed on the way is never sent.
/// </summary>
sealed class FileContent : ContentSource, IDisposable
{
    const int PieceBytes = 64 << 10;

    readonly SafeFileHandle file;

    /// <param name="file">The open file; given back by <see cref="Dispose"/>.</param>
    internal FileContent(SafeFileHandle file)
    {
        this.file = file;
        Length = RandomAccess.GetLength(file);
        Written = File.GetLastWriteTimeUtc(file);
    }

    internal override long Length { get; }

    /// <summary>When it was last written to.</summary>
    internal DateTime Written { get; }

    internal override async ValueTask<bool> CopyAsync(ByteRange range, FixedBodyStream to)
    {
        for (long at = range.First; at <= range.Last;)
        {
            SharedBytes piece = SharedBytes.Rent((int)Math.Min(PieceBytes, range.Last - at + 1));
            try
            {
                if (!await ReadAsync(piece, at).ConfigureAwait(false)) return false;
                at += piece.Length;
                if (!await to.WriteAsync(piece).ConfigureAwait(false)) return false;
            }
            finally
            {
                piece.Release();
            }
        }
        return true;
    }

    async ValueTask<bool> ReadAsync(SharedBytes piece, long at)
    {
        try
        {
            int read = await RandomAccess.ReadAsync(file, piece.Memory, at).ConfigureAwait(false);
            piece.Trim(read);
            return read > 0 && !HasChanged();
        }
        catch (IOException)
        {
            return false; // the disk fails: for who waits for the content the same as a file that has changed
        }
    }

    public void Dispose() => file.Dispose();

    bool HasChanged() => RandomAccess.GetLength(file) != Length || File.GetLastWriteTimeUtc(file) != Written;
}
