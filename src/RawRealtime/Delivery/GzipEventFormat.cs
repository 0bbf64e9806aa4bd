using RawHub;
using RawNet;

namespace RawRealtime.Delivery;

/// <summary>A message's event as a piece of a gzip stream, in one chunk.</summary>
internal sealed class GzipEventFormat(int slot, MessageFormat plain) : MessageFormat(slot)
{
    /// <inheritdoc/>
    public override SharedBytes Encode(PublishedMessage message) => GzipChunk.Of(EventFormat.ContentOf(message.Encoded(plain)));
}
