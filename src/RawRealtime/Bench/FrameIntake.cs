using RawHttp.Wire;
using RawWebSocket.Wire;

namespace RawRealtime.Bench;

/// <summary>What <see cref="FrameIntake"/> found.</summary>
internal enum FramePart
{
    /// <summary>Nothing more without further bytes.</summary>
    NeedMore,

    /// <summary>A piece of a message.</summary>
    Piece,

    /// <summary>A piece of a message, its last one.</summary>
    LastPiece,

    /// <summary>A ping; the piece is what the pong must carry.</summary>
    Ping,

    /// <summary>A pong.</summary>
    Pong,

    /// <summary>A close frame.</summary>
    Close,

    /// <summary>A frame that breaks a rule.</summary>
    Invalid,
}

/// <summary>Takes a server's frames apart as they come; messages are handed on in pieces and not kept. RFC 6455 §5, no extensions. Pure.</summary>
internal struct FrameIntake
{
    long left;
    bool isInFrame, isFinal, isInMessage;

    /// <summary>Reads the next part.</summary>
    /// <param name="unread">What came and is not spent; what this call spends is cut off.</param>
    /// <param name="piece">Bytes of the message or of the control frame.</param>
    public FramePart Next(ref ReadOnlySpan<byte> unread, out ReadOnlySpan<byte> piece)
    {
        piece = default;
        if (!isInFrame)
        {
            if (FrameHeader.Read(unread, out FrameHeader header, out int consumed) != ReadStatus.Done) return FramePart.NeedMore;
            if (BreaksRule(header)) return FramePart.Invalid;
            if (header.IsControl) return ReadControl(header, ref unread, consumed, out piece);
            unread = unread[consumed..];
            (left, isFinal, isInFrame) = ((long)header.PayloadLength, header.IsFinal, true);
        }
        if (unread.IsEmpty && left > 0) return FramePart.NeedMore;
        piece = unread[..(int)Math.Min(unread.Length, left)];
        unread = unread[piece.Length..];
        left -= piece.Length;
        isInFrame = left > 0;
        isInMessage = isInFrame || !isFinal;
        return isInMessage ? FramePart.Piece : FramePart.LastPiece;
    }

    // RFC 6455 §5.1 (no mask), §5.2 (no extension), §5.4 (fragments), §5.5 (control frames)
    readonly bool BreaksRule(in FrameHeader header)
    {
        if (header.IsMasked || header.Rsv1 || header.Rsv2Or3 || header.IsLongerThanNeeded || header.PayloadLength > int.MaxValue) return true;
        return header.Opcode switch
        {
            Opcode.Text or Opcode.Binary => isInMessage,
            Opcode.Continuation => !isInMessage,
            Opcode.Close or Opcode.Ping or Opcode.Pong => !header.IsFinal || header.PayloadLength > 125,
            _ => true,
        };
    }

    static FramePart ReadControl(FrameHeader header, ref ReadOnlySpan<byte> unread, int consumed, out ReadOnlySpan<byte> piece)
    {
        piece = default;
        int length = (int)header.PayloadLength;
        if (unread.Length < consumed + length) return FramePart.NeedMore;
        piece = unread.Slice(consumed, length);
        unread = unread[(consumed + length)..];
        return header.Opcode switch { Opcode.Ping => FramePart.Ping, Opcode.Pong => FramePart.Pong, _ => FramePart.Close };
    }
}
