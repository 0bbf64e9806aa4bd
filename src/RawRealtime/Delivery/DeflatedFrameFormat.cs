using RawHub;
using RawNet;
using RawWebSocket;
using RawWebSocket.Deflate;

namespace RawRealtime.Delivery;

/// <summary>A frame compressed for one size of window; the plain one where that is not larger.</summary>
internal sealed class DeflatedFrameFormat(int slot, MessageFormat plain, DeflateLevel level, int windowBits) : MessageFormat(slot)
{
    /// <inheritdoc/>
    public override SharedBytes Encode(PublishedMessage message) => ServerFrame.Deflated(message.Encoded(plain), level, windowBits);
}
