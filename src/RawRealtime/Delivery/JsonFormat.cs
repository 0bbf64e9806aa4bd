using RawHub;
using RawNet;

namespace RawRealtime.Delivery;

/// <summary>A message as its JSON, see <see cref="MessageJson"/>.</summary>
internal sealed class JsonFormat(int slot) : MessageFormat(slot)
{
    /// <inheritdoc/>
    public override SharedBytes Encode(PublishedMessage message) => MessageJson.Encode(message);
}
