using RawNet;
using RawWebSocket.Deflate;
using RawWebSocket.Wire;

namespace RawWebSocket;

/// <summary>A message as one compressed frame. RFC 7692 §6.1 and §7.2.1.</summary>
static class DeflatedFrame
{
    /// <summary>Compresses a message into a frame of its own block.</summary>
    /// <param name="writer">Writes our role's frames.</param>
    /// <param name="deflater">Compresses; with context it takes the message for sent, so forget it if the peer does not get this frame.</param>
    /// <param name="opcode">Text or binary.</param>
    /// <param name="payload">The message.</param>
    /// <returns>The frame, whose one reference goes to the caller; null when it would be no smaller than the message is.</returns>
    internal static SharedBytes? TryWrite(WsWriter writer, MessageDeflater deflater, Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var frame = SharedBytes.Rent(FrameHeader.MaxBytes + MessageDeflater.MaxLength(payload.Length));
        Span<byte> deflated = frame.Span[FrameHeader.MaxBytes..];
        deflated = deflated[..deflater.Deflate(payload, deflated)];
        if (deflated.Length < payload.Length)
        {
            frame.Trim(writer.Write(frame.Span, opcode, deflated, isDeflated: true));
            return frame;
        }
        frame.Release();
        return null;
    }
}
