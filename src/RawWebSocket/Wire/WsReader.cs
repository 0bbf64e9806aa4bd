using RawHttp.Wire;
using RawWebSocket.Deflate;

namespace RawWebSocket.Wire;

/// <summary>
/// Reads what a peer sends after the handshake: unread bytes in, one <see cref="WsEvent"/> out. RFC 6455 §6.2.
/// Each stop of a byte is one type: FrameHeader → FrameRules → FragmentRules → limits → Masking → MessageInflater → Utf8Stream → event.
/// Never sends: a pong or close reply that is owed is the caller's to write. Not thread-safe.
/// </summary>
/// <param name="us">Which end we are.</param>
/// <param name="limits">What the peer may make us hold.</param>
/// <param name="inflater">Inflates what the peer compresses, and is disposed with the reader; null when no compression was agreed. RFC 7692.</param>
/// <param name="inPieces">Whether the pieces of a message are told as they come, within <see cref="WsLimits.MaxMessageBytesInPieces"/>, instead of whole messages.</param>
public sealed class WsReader(WsRole us, WsLimits limits, MessageInflater? inflater = null, bool inPieces = false) : IDisposable
{
    // Less is copied as fast as it is asked for.
    const int WorthRoomBytes = 4096;

    readonly MessageAssembler message = new(limits, inflater, inPieces);
    Utf8Stream text;
    FrameHeader frame;  // the data frame whose payload is being taken, while insideFrame
    long taken;         // how much of that payload was taken
    bool insideFrame;

    /// <summary>True after a Close or Fault: whatever comes now is dropped. RFC 6455 §1.4 and §7.1.7.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether the pieces of a message are told as they come.</summary>
    internal bool InPieces => inPieces;

    /// <summary>Bytes held of a message that has not come whole, and for inflating the next.</summary>
    public int HeldBytes => message.HeldBytes;

    /// <summary>Finds the next event.</summary>
    /// <param name="unread">
    /// All bytes that arrived and are not spent. Payloads are unmasked in place, but only in bytes that <see cref="WsEvent.Consumed"/>
    /// counts as spent, so the rest may be shown again, and at another address.
    /// </param>
    /// <returns>An event, or NeedMore when the rest of the input must be shown again with more behind it.</returns>
    public WsEvent Next(Memory<byte> unread)
    {
        message.LetGo();
        int spent = 0;
        while (!IsOver)
        {
            WsEvent step = !insideFrame ? TakeHeader(unread[spent..]) : inPieces ? TakePiece(unread[spent..], 0) : TakePayload(unread[spent..], 0);
            spent += step.Consumed;
            if (step.Kind != WsEventKind.NeedMore || step.Consumed == 0) return step with { Consumed = spent };
        }
        return WsEvent.NeedMore(unread.Length);
    }

    /// <summary>
    /// Where the rest of a large payload may be received, once all input is spent: straight into the message's own block, to be told by
    /// <see cref="Take"/>. Empty where the input is the only way: between frames, for small or compressed ones, and in pieces.
    /// </summary>
    public Memory<byte> Room => insideFrame && !IsOver && !inPieces && !message.IsDeflated && Left >= WorthRoomBytes ? message.RoomFor(Left) : default;

    /// <summary>Takes what was received into <see cref="Room"/>.</summary>
    /// <param name="received">How many bytes, from its beginning.</param>
    /// <returns>As <see cref="Next"/>; nothing of the input is spent.</returns>
    public WsEvent Take(int received)
    {
        Span<byte> arrived = message.Received(received);
        bool isLast = Advance(arrived);
        WsFault fault = JudgeText(arrived, isLast, WsFault.None);
        if (fault != WsFault.None) return Fail(fault, 0);
        return isLast ? new(KindOfMessage, 0, message.End(default)) : WsEvent.NeedMore(0);
    }

    WsEvent TakeHeader(Memory<byte> unread)
    {
        if (FrameHeader.Read(unread.Span, out FrameHeader header, out int size) != ReadStatus.Done) return WsEvent.NeedMore(0);

        WsFault fault = FrameRules.Check(header, us, rsv1Agreed: inflater is not null);
        if (fault == WsFault.None) fault = FragmentRules.Check(header, message.IsOpen);
        if (fault == WsFault.None && header.IsControl) return TakeControl(header, unread, size);
        if (fault == WsFault.None) fault = message.BeginFrame(header);
        if (fault != WsFault.None) return Fail(fault, size);

        (frame, taken, insideFrame) = (header, 0, true);
        return inPieces ? TakePiece(unread[size..], size) : TakePayload(unread[size..], size);
    }

    /// <summary>Takes what is there of a data frame's payload; <paramref name="before"/> bytes of header came with it.</summary>
    WsEvent TakePayload(Memory<byte> unread, int before)
    {
        Memory<byte> piece = unread[..(int)Math.Min(Left, unread.Length)];
        Span<byte> bytes = piece.Span;
        int spent = before + piece.Length;
        bool isLast = Advance(bytes);
        ReadOnlySpan<byte> arrived = bytes;
        WsFault fault = WsFault.None;
        if (message.IsDeflated)
        {
            fault = message.Inflate(bytes, isLast, out arrived);
            piece = default; // what it inflates to is stored
        }
        fault = JudgeText(arrived, isLast, fault);
        if (fault != WsFault.None) return Fail(fault, spent);
        if (isLast) return new(KindOfMessage, spent, message.End(piece));
        message.Append(piece.Span);
        return WsEvent.NeedMore(spent);
    }

    /// <summary>Unmasks what came of the frame's payload; true when the message ends with it.</summary>
    bool Advance(Span<byte> arrived)
    {
        if (frame.IsMasked) Masking.Apply(arrived, frame.MaskKey, taken);
        taken += arrived.Length;
        insideFrame = taken < (long)frame.PayloadLength;
        return frame.IsFinal && !insideFrame;
    }

    /// <summary>As <see cref="TakePayload"/>, but what is there is told at once and not stored.</summary>
    WsEvent TakePiece(Memory<byte> unread, int before)
    {
        Memory<byte> arrived = unread[..(int)Math.Min(Left, unread.Length)];
        if (frame.IsMasked) Masking.Apply(arrived.Span, frame.MaskKey, taken);
        bool endsMessage = frame.IsFinal && taken + arrived.Length == (long)frame.PayloadLength;
        WsFault fault = message.TakePiece(arrived, endsMessage, out int used, out ReadOnlyMemory<byte> piece, out bool hasMore);
        if (frame.IsMasked) Masking.Apply(arrived.Span[used..], frame.MaskKey, taken + used); // what is not spent is shown again, and unmasked then

        taken += used;
        insideFrame = taken < (long)frame.PayloadLength || hasMore;
        bool isLast = frame.IsFinal && !insideFrame;
        fault = JudgeText(piece.Span, isLast, fault);
        if (fault != WsFault.None) return Fail(fault, before + used);
        if (piece.IsEmpty && !isLast) return WsEvent.NeedMore(before + used);
        if (isLast) message.EndPieces();
        return new(KindOfMessage, before + used, piece, HasMore: !isLast);
    }

    /// <summary>RFC 6455 §8.1. Text that came before a fault is judged first, so that what is told does not depend on how the stream was cut.</summary>
    WsFault JudgeText(ReadOnlySpan<byte> arrived, bool isLast, WsFault fault)
    {
        if (message.Kind != Opcode.Text) return fault;
        bool mayEnd = !isLast || fault != WsFault.None;
        return text.Append(arrived) && (mayEnd || text.IsComplete) ? fault : WsFault.TextNotUtf8;
    }

    long Left => (long)frame.PayloadLength - taken;

    WsEventKind KindOfMessage => message.Kind == Opcode.Text ? WsEventKind.Text : WsEventKind.Binary;

    /// <summary>A control frame is short: it is left in the input until it is whole. RFC 6455 §5.5.</summary>
    WsEvent TakeControl(in FrameHeader header, Memory<byte> unread, int size)
    {
        int spent = size + (int)header.PayloadLength;
        if (unread.Length < spent) return WsEvent.NeedMore(0);
        Memory<byte> payload = unread[size..spent];
        if (header.IsMasked) Masking.Apply(payload.Span, header.MaskKey, 0);
        if (header.Opcode == Opcode.Ping) return new(WsEventKind.Ping, spent, payload);
        if (header.Opcode == Opcode.Pong) return new(WsEventKind.Pong, spent, payload);

        WsFault fault = ClosePayload.Read(payload.Span, out CloseCode code);
        if (fault != WsFault.None) return Fail(fault, spent);
        IsOver = true;
        return new(WsEventKind.Close, spent, payload[Math.Min(2, payload.Length)..], code);
    }

    WsEvent Fail(WsFault fault, int spent)
    {
        IsOver = true;
        message.Dispose();
        return new(WsEventKind.Fault, spent, Fault: fault);
    }

    /// <summary>Gives back what an unfinished or the last message holds; its bytes must not be looked at any more.</summary>
    public void Dispose()
    {
        IsOver = true;
        message.Dispose();
    }
}
