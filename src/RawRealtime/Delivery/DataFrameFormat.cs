using RawHub;
using RawNet;
using RawWebSocket.Wire;

namespace RawRealtime.Delivery;

/// <summary>A message's data as one server frame. A server's frames carry no mask (RFC 6455 §5.1), so one serves all.</summary>
internal sealed class DataFrameFormat(int slot) : MessageFormat(slot)
{
    /// <inheritdoc/>
    public override SharedBytes Encode(PublishedMessage message)
    {
        SharedBytes frame = SharedBytes.Rent(WsWriter.ForServer.SizeOf(message.Payload.Length));
        WsWriter.ForServer.Write(frame.Span, message.IsText ? Opcode.Text : Opcode.Binary, message.Payload.Span);
        return frame;
    }
}
