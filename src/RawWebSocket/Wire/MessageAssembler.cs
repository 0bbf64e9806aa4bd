using System.Buffers;
using RawWebSocket.Deflate;

namespace RawWebSocket.Wire;

/// <summary>
/// Joins a message that did not arrive in one piece or is compressed, within <see cref="WsLimits"/>. RFC 6455 §5.4 and §10.4, RFC 7692 §6.2.
/// Its block is pooled and grows with the bytes that came, never with the length a header claims. Not thread-safe.
/// </summary>
/// <param name="limits">What the peer may make us hold.</param>
/// <param name="inflater">Inflates compressed messages, and is disposed with this; null when no compression was agreed.</param>
/// <param name="inPieces">Whether the pieces are handed on as they come, and only bounded here.</param>
public sealed class MessageAssembler(WsLimits limits, MessageInflater? inflater = null, bool inPieces = false) : IDisposable
{
    const int FirstBlockBytes = 4096;
    const int InflatedPieceBytes = 16 * 1024;

    byte[] block = [];
    int length;     // bytes of the message stored so far
    long claimed;   // bytes of its frames when the one being read is complete; compressed ones if it is compressed
    long deflated;  // compressed bytes that came
    long handedOn;  // bytes of the message that were handed on in pieces and inflated for it
    int fragments;
    bool isDelivered;

    /// <summary>True when a message was begun whose last fragment is not complete.</summary>
    public bool IsOpen => fragments > 0;

    /// <summary>What kind of message is open; the first fragment said it. RFC 6455 §5.4.</summary>
    public Opcode Kind { get; private set; }

    /// <summary>Whether the message is compressed; the first fragment said it. RFC 7692 §6.1.</summary>
    public bool IsDeflated { get; private set; }

    /// <summary>Bytes of memory held at the moment.</summary>
    public int HeldBytes => block.Length + (inflater?.HeldBytes ?? 0);

    /// <summary>Begins a message or its next fragment.</summary>
    /// <param name="header">A data frame's header that <see cref="FragmentRules"/> let stand.</param>
    /// <returns>None, or the limit that this frame would break. Nothing is stored either way.</returns>
    public WsFault BeginFrame(in FrameHeader header)
    {
        if (!IsOpen) (Kind, IsDeflated, claimed, deflated, handedOn) = (header.Opcode, header.Rsv1, 0, 0, 0);
        if (++fragments > limits.MaxFragments) return WsFault.TooManyFragments;
        if ((ulong)claimed + header.PayloadLength > (ulong)MaxFrameBytes) return WsFault.MessageTooBig;
        claimed += (long)header.PayloadLength;
        return WsFault.None;
    }

    /// <summary>Stores a piece of the message that is not its last.</summary>
    /// <param name="piece">Unmasked bytes of the frame begun last.</param>
    public void Append(ReadOnlySpan<byte> piece)
    {
        if (block.Length - length < piece.Length) Grow(length + piece.Length, claimed);
        piece.CopyTo(block.AsSpan(length));
        length += piece.Length;
    }

    /// <summary>Where more of the message may be received, behind what is stored, so that nobody has to copy it there.</summary>
    /// <param name="left">How much of the frame begun last is still to come, at least 1.</param>
    public Memory<byte> RoomFor(long left)
    {
        if (length == block.Length) Grow(length + 1, claimed);
        return block.AsMemory(length, (int)Math.Min(left, block.Length - length));
    }

    /// <summary>Takes in what was received there.</summary>
    /// <param name="count">How many bytes, from the beginning of the room.</param>
    /// <returns>These bytes, to be unmasked and judged.</returns>
    public Span<byte> Received(int count)
    {
        length += count;
        return block.AsSpan(length - count, count);
    }

    /// <summary>Stores what a piece of a compressed message inflates to. RFC 7692 §6.2.</summary>
    /// <param name="piece">Unmasked bytes of the frame begun last.</param>
    /// <param name="isLast">True when the message ends with it.</param>
    /// <param name="inflated">What was stored, also before a fault; valid until the next call.</param>
    /// <returns>None, or the rule or limit that is broken: what goes beyond the limit is not stored.</returns>
    public WsFault Inflate(ReadOnlySpan<byte> piece, bool isLast, out ReadOnlySpan<byte> inflated)
    {
        int before = length;
        deflated += piece.Length;
        WsFault fault = Inflate(piece);
        if (fault == WsFault.None && isLast && !inflater!.TryEndMessage(block.AsSpan(0, length))) fault = WsFault.BadDeflateData;
        inflated = block.AsSpan(before, length - before);
        return fault;
    }

    WsFault Inflate(ReadOnlySpan<byte> piece)
    {
        while (true)
        {
            InflateStatus status = inflater!.Inflate(ref piece, block.AsSpan(0, Math.Min(block.Length, limits.MaxMessageBytes)), ref length);
            if (status == InflateStatus.Invalid) return WsFault.BadDeflateData;
            if (status == InflateStatus.NeedInput) return WsFault.None;
            if (length == limits.MaxMessageBytes) return WsFault.MessageTooBig;
            if (length >= WsLimits.InflateFreelyBytes && length / limits.MaxInflateRatio >= deflated - piece.Length) return WsFault.InflatesTooFar;
            Grow(length + 1, limits.MaxMessageBytes);
        }
    }

    /// <summary>Makes a piece of what arrived, to be handed on: the bytes themselves, or what they inflate to, which may take several calls.</summary>
    /// <param name="arrived">Unmasked bytes of the frame begun last; what was not used is to be shown again.</param>
    /// <param name="endsMessage">True when the message ends with them.</param>
    /// <param name="used">How many of them were used.</param>
    /// <param name="piece">The piece, perhaps empty; valid until the next call.</param>
    /// <param name="hasMore">True when the used bytes inflate to more: call again, even without a further byte.</param>
    /// <returns>None, or the rule or limit that is broken: what goes beyond the limit is not inflated.</returns>
    public WsFault TakePiece(ReadOnlyMemory<byte> arrived, bool endsMessage, out int used, out ReadOnlyMemory<byte> piece, out bool hasMore)
    {
        (used, piece, hasMore) = (arrived.Length, arrived, false);
        if (!IsDeflated) return WsFault.None; // BeginFrame bounded it
        if (block.Length == 0) block = ArrayPool<byte>.Shared.Rent(InflatedPieceBytes);
        ReadOnlySpan<byte> rest = arrived.Span;
        length = 0;
        InflateStatus status = inflater!.Inflate(ref rest, block.AsSpan(0, (int)Math.Min(InflatedPieceBytes, MaxBytes - handedOn)), ref length);
        (used, piece, hasMore) = (arrived.Length - rest.Length, block.AsMemory(0, length), status == InflateStatus.NeedRoom);
        (handedOn, deflated) = (handedOn + length, deflated + used);
        if (status == InflateStatus.Invalid) return WsFault.BadDeflateData;
        if (hasMore && handedOn == MaxBytes) return WsFault.MessageTooBig;
        if (hasMore && handedOn >= WsLimits.InflateFreelyBytes && handedOn / limits.MaxInflateRatio >= deflated) return WsFault.InflatesTooFar;
        if (hasMore || !endsMessage) inflater.KeepPiece(piece.Span);
        else if (!inflater.TryEndMessage(piece.Span)) return WsFault.BadDeflateData;
        return WsFault.None;
    }

    /// <summary>The last piece was taken; its bytes are valid until <see cref="LetGo"/>.</summary>
    public void EndPieces() => (fragments, isDelivered) = (0, true);

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
        if (isDelivered) GiveBack();
    }

    /// <summary>Gives everything back, also what an unfinished message stored.</summary>
    public void Dispose()
    {
        GiveBack();
        inflater?.Dispose();
    }

    // Data that can't be compressed grows by the heads of its blocks: 5 bytes for as few as some hundred of data. RFC 1951 §3.2.4.
    long MaxFrameBytes => IsDeflated ? MaxBytes + MaxBytes / 8 + 64L : MaxBytes;

    long MaxBytes => inPieces ? limits.MaxMessageBytesInPieces ?? limits.MaxMessageBytes : limits.MaxMessageBytes;

    void GiveBack()
    {
        if (block.Length > 0) ArrayPool<byte>.Shared.Return(block);
        (block, length, fragments, isDelivered) = ([], 0, 0, false);
    }

    /// <summary>Makes it four times as large, so that n bytes are copied n/3 times again, but not past what the message can have.</summary>
    void Grow(int needed, long most)
    {
        int wanted = (int)Math.Min(most, Math.Max(FirstBlockBytes, 4L * block.Length));
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, wanted));
        block.AsSpan(0, length).CopyTo(larger);
        if (block.Length > 0) ArrayPool<byte>.Shared.Return(block);
        block = larger;
    }
}
