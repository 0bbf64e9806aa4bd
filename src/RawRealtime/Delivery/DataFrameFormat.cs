using RawHub;
using RawNet;
using RawWebSocket;

namespace RawRealtime.Delivery;

/// <summary>A message's data as one server frame. A server's frames carry no mask (RFC 6455 §5.1), so one serves all.</summary>
internal sealed class DataFrameFormat(int slot) : MessageFormat(slot)
{
    /// <inheritdoc/>
    public override SharedBytes Encode(PublishedMessage message) => ServerFrame.Of(message.IsText, message.Payload.Span);
}
