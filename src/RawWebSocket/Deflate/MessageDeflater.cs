using System.Buffers;

namespace RawWebSocket.Deflate;

/// <summary>
/// Deflates the messages of one direction of a connection. RFC 7692 §7.2.1. One thread at a time. What it works with comes from a pool: between
/// messages it holds what later ones may refer to and where to find it, at most eight times the window and never more than 256 KiB, and without
/// context nothing.
/// </summary>
public sealed class MessageDeflater : IDisposable
{
    readonly DeflateLevel level;
    readonly int window;
    readonly bool keepsContext;
    SentWindow sent;
    bool isDisposed;

    /// <summary>A new one.</summary>
    /// <param name="level">How much time compressing may take.</param>
    /// <param name="windowBits">8 to 15: matches reach back at most 2 to the power of it bytes. RFC 7692 §7.1.2.</param>
    /// <param name="keepsContext">Whether a message may refer to what came before it. RFC 7692 §7.1.1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="windowBits"/> is not from 8 to 15.</exception>
    public MessageDeflater(DeflateLevel level, int windowBits, bool keepsContext)
    {
        window = DeflateFormat.WindowOf(windowBits);
        sent = new(window, level == DeflateLevel.Small);
        (this.level, this.keepsContext) = (level, keepsContext);
    }

    /// <summary>Bytes that it holds from the pool at the moment.</summary>
    public int HeldBytes => sent.HeldBytes;

    /// <summary>Most bytes that a message may take: a little more than it has, which only noise needs.</summary>
    /// <param name="length">Bytes of the message.</param>
    /// <exception cref="ArgumentOutOfRangeException">No block of memory would hold it.</exception>
    public static int MaxLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        long most = BlockWriter.MaxLength(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, Array.MaxLength, nameof(length));
        return (int)most;
    }

    /// <summary>Deflates a message. RFC 7692 §7.2.1: blocks, an empty stored block, and of that the last four bytes cut off.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="output">Room for <see cref="MaxLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">There is not enough room.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public int Deflate(ReadOnlySpan<byte> message, Span<byte> output)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (output.Length < MaxLength(message.Length)) throw new ArgumentException("There must be room for MaxLength bytes.", nameof(output));
        var writer = new BitWriter(output);
        if (!message.IsEmpty) WriteBlocks(message, ref writer);
        writer.Put(0b000, 3);
        writer.Align();
        return writer.Length;
    }

    /// <summary>
    /// Forgets what came before and gives its memory back. A sender may at any time: the next message merely refers to nothing old.
    /// </summary>
    public void Forget() => sent.Give();

    /// <summary>Gives everything back to the pool.</summary>
    public void Dispose()
    {
        isDisposed = true;
        sent.Give();
    }

    void WriteBlocks(ReadOnlySpan<byte> message, ref BitWriter writer)
    {
        int size = TokenBlock.RoomFor(message.Length);
        uint[] room = ArrayPool<uint>.Shared.Rent(size);
        var block = new TokenBlock(room.AsSpan(0, size));
        block.Clear();
        sent.Begin(message.Length, keepsContext);
        ReadOnlySpan<byte> rest = message, content = message; // what is not yet in the window; what is not yet in a block
        int length = 0;
        while (!rest.IsEmpty)
        {
            int at = sent.Add(ref rest);
            while (at < sent.Bytes.Length)
            {
                int start = at;
                Find(ref at, ref block);
                length += at - start;
                if (!block.IsFull) continue;
                BlockWriter.Write(block, content[..length], LeastForOwnCode, ref writer);
                block.Clear();
                content = content[length..];
                length = 0;
            }
        }
        if (block.Count > 0) BlockWriter.Write(block, content, LeastForOwnCode, ref writer);
        if (!keepsContext) sent.Give();
        ArrayPool<uint>.Shared.Return(room);
    }

    // A code of its own saves some bytes and costs some microseconds.
    int LeastForOwnCode => level == DeflateLevel.Small ? 32 : 640;

    void Find(ref int at, ref TokenBlock block)
    {
        if (level == DeflateLevel.Small) ChainFinder.Find(sent.Bytes, ref at, sent, ref block);
        else MatchFinder.Find(sent.Bytes, ref at, window, sent.Heads, ref block);
    }
}
