using RawNet;
using RawWebSocket.Deflate;
using RawWebSocket.Wire;

namespace RawWebSocket;

/// <summary>A message as one frame of a server, written once for many connections: see <see cref="WsConnection.TrySendFramed"/>. Any thread.</summary>
public static class ServerFrame
{
    /// <summary>Writes a message as it is.</summary>
    /// <param name="isText">True for text, which must be valid UTF-8; not checked here.</param>
    /// <param name="payload">The message.</param>
    /// <returns>The frame, whose one reference goes to the caller.</returns>
    public static SharedBytes Of(bool isText, ReadOnlySpan<byte> payload)
    {
        var frame = SharedBytes.Rent(WsWriter.ForServer.SizeOf(payload.Length));
        WsWriter.ForServer.Write(frame.Span, isText ? Opcode.Text : Opcode.Binary, payload);
        return frame;
    }

    /// <summary>Compresses a frame, for connections whose server window is at least as large. It refers to no earlier message. RFC 7692 §7.2.1.</summary>
    /// <param name="plain">One frame from <see cref="Of"/>; not changed, and still the caller's.</param>
    /// <param name="level">How much work goes into it.</param>
    /// <param name="windowBits">The window, 8 to 15: see <see cref="DeflateParameters.ServerMaxWindowBits"/>.</param>
    /// <returns>The compressed frame; or <paramref name="plain"/>, with a further holder, when it would not be smaller.</returns>
    public static SharedBytes Deflated(SharedBytes plain, DeflateLevel level, int windowBits)
    {
        ArgumentNullException.ThrowIfNull(plain);
        FrameHeader.Read(plain.Span, out FrameHeader header, out int headerBytes);
        using MessageDeflater deflater = new(level, windowBits, keepsContext: false);
        return DeflatedFrame.TryWrite(WsWriter.ForServer, deflater, header.Opcode, plain.Span[headerBytes..]) ?? plain.AddRef();
    }
}
