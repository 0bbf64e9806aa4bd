using System.Diagnostics.CodeAnalysis;

namespace RawHub;

/// <summary>What became of a published message.</summary>
/// <param name="Channel">The channel; null when the hub has <see cref="HubOptions.MaxChannels"/> and the message was refused.</param>
/// <param name="Id">The message's epoch and offset.</param>
/// <param name="Subscribers">How many subscriptions the channel had.</param>
/// <param name="Backlog">Messages of the channel not yet offered to all subscriptions, this one included; a publisher that sees many should wait (<see cref="RawHub.Channel.WhenDispatched"/>).</param>
public readonly record struct PublishResult(Channel? Channel, MessageId Id, int Subscribers, long Backlog)
{
    /// <summary>The hub is full of channels; nothing was published.</summary>
    [MemberNotNullWhen(false, nameof(Channel))]
    public bool IsRefused => Channel is null;
}
