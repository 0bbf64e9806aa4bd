using System.Buffers;

namespace RawWebSocket.Wire;

/// <summary>
/// Joins a message that did not arrive in one piece, within <see cref="WsLimits"/>. RFC 6455 §5.4 and §10.4.
/// Its block is pooled and grows with the bytes that came, never with the length a header claims. Not thread-safe.
/// </summary>
public sealed class MessageAssembler(WsLimits limits) : IDisposable
{
    const int FirstBlockBytes = 4096;

    byte[] block = [];
    int length;     // bytes of the message stored so far
    int claimed;    // bytes of the message when the frame being read is complete; never above the limit
    int fragments;
    bool isDelivered;

    /// <summary>True when a message was begun whose last fragment is not complete.</summary>
    public bool IsOpen => fragments > 0;

    /// <summary>What kind of message is open; the first fragment said it. RFC 6455 §5.4.</summary>
    public Opcode Kind { get; private set; }

    /// <summary>Bytes of memory held at the moment.</summary>
    public int HeldBytes => block.Length;

    /// <summary>Begins a message or its next fragment.</summary>
    /// <param name="header">A data frame's header that <see cref="FragmentRules"/> let stand.</param>
    /// <returns>None, or the limit that this frame would break. Nothing is stored either way.</returns>
    public WsFault BeginFrame(in FrameHeader header)
    {
        if (!IsOpen) Kind = header.Opcode;
        if (++fragments > limits.MaxFragments) return WsFault.TooManyFragments;
        if ((ulong)length + header.PayloadLength > (ulong)limits.MaxMessageBytes) return WsFault.MessageTooBig;
        claimed = length + (int)header.PayloadLength;
        return WsFault.None;
    }

    /// <summary>Stores a piece of the message that is not its last.</summary>
    /// <param name="piece">Unmasked bytes of the frame begun last.</param>
    public void Append(ReadOnlySpan<byte> piece)
    {
        if (block.Length - length < piece.Length) Grow(length + piece.Length);
        piece.CopyTo(block.AsSpan(length));
        length += piece.Length;
    }

    /// <summary>Ends the message with its last piece.</summary>
    /// <param name="lastPiece">What was not stored yet; handed back as it is, without a copy, when nothing was stored before.</param>
    /// <returns>The whole message, valid until <see cref="LetGo"/>.</returns>
    public ReadOnlyMemory<byte> End(ReadOnlyMemory<byte> lastPiece)
    {
        fragments = 0;
        if (length == 0) return lastPiece;
        Append(lastPiece.Span);
        isDelivered = true;
        return block.AsMemory(0, length);
    }

    /// <summary>Gives the block of an ended message back; does nothing while one is open.</summary>
    public void LetGo()
    {
        if (isDelivered) Dispose();
    }

    /// <summary>Gives everything back, also what an unfinished message stored.</summary>
    public void Dispose()
    {
        if (block.Length > 0) ArrayPool<byte>.Shared.Return(block);
        (block, length, fragments, isDelivered) = ([], 0, 0, false);
    }

    /// <summary>Doubles, so that n bytes are copied at most n times again, but not past what was claimed.</summary>
    void Grow(int needed)
    {
        int wanted = (int)Math.Min(claimed, Math.Max(FirstBlockBytes, 2L * block.Length));
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, wanted));
        block.AsSpan(0, length).CopyTo(larger);
        if (block.Length > 0) ArrayPool<byte>.Shared.Return(block);
        block = larger;
    }
}
