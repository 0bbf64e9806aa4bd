using RawHttp.Wire;
using RawHub;
using RawNet;

namespace RawRealtime.Delivery;

/// <summary>What the end of a gzip stream has to know of a message's event. It stays here: a <see cref="GzipSum"/> is sent to nobody.</summary>
internal sealed class EventSumFormat(int slot, MessageFormat plain) : MessageFormat(slot)
{
    /// <inheritdoc/>
    public override SharedBytes Encode(PublishedMessage message)
    {
        SharedBytes sum = SharedBytes.Rent(GzipSum.Bytes);
        GzipSum.Of(EventFormat.ContentOf(message.Encoded(plain))).Write(sum.Span);
        return sum;
    }
}
