using RawHub;
using RawNet;

namespace RawRealtime.Delivery;

/// <summary>A message as its JSON behind a comma: what polls are answered with. So the items of several messages, one behind the other, are a list.</summary>
internal sealed class PollItemFormat(int slot) : MessageFormat(slot)
{
    /// <inheritdoc/>
    public override SharedBytes Encode(PublishedMessage message)
    {
        SharedBytes item = SharedBytes.Rent(1 + MessageJson.MaxLengthOf(message));
        item.Span[0] = (byte)',';
        item.Trim(1 + MessageJson.Write(message, item.Span[1..]));
        return item;
    }
}
