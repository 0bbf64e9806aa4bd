using RawHub;

namespace RawRealtime.Server;

/// <summary>What became of a message that was to be published.</summary>
/// <param name="Refusal">Why nothing was published; none when it was.</param>
/// <param name="Answer">What the publisher is told.</param>
/// <param name="Result">What the hub said; of a repeated key nothing, since nothing was published.</param>
internal readonly record struct Published(Refusal Refusal, PublishAnswer Answer, PublishResult? Result);
