using RawHub;

namespace RawRealtime.Server;

/// <summary>What is known of a message besides its data.</summary>
/// <param name="Channel">Where to.</param>
/// <param name="Event">A valid event name; null for none.</param>
/// <param name="Key">A valid idempotency key; null for none.</param>
/// <param name="IsText">Whether the data is text, and so UTF-8.</param>
/// <param name="Ttl">How long it may be delivered; null for as long as it is kept.</param>
internal readonly record struct Publication(ChannelName Channel, string? Event, string? Key, bool IsText, TimeToLive? Ttl)
{
    /// <summary>Most bytes of data in one message.</summary>
    public const int MaxDataBytes = 1 << 20;
}

/// <summary>What became of it.</summary>
/// <param name="Refusal">Why nothing was published; none when it was.</param>
/// <param name="Answer">What the publisher is told.</param>
/// <param name="Result">What the hub said; of a repeated key nothing, since nothing was published.</param>
internal readonly record struct Published(Refusal Refusal, PublishAnswer Answer, PublishResult? Result);
