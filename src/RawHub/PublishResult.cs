namespace RawHub;

/// <summary>Why a message was not published.</summary>
public enum PublishRefusal : byte
{
    /// <summary>It was published.</summary>
    None,

    /// <summary>It would take a new channel, and the hub has <see cref="HubOptions.MaxChannels"/>.</summary>
    HubFull,

    /// <summary>The store takes nothing any more: what it cannot keep is not published.</summary>
    StoreFailed,
}

/// <summary>What became of a published message.</summary>
/// <param name="Channel">The channel; null when the message was refused.</param>
/// <param name="Id">The message's epoch and offset.</param>
/// <param name="Subscribers">How many subscriptions mean the channel, by name or by pattern.</param>
/// <param name="Backlog">Messages of the channel not yet offered to all subscriptions, this one included; a publisher that sees many should wait (<see cref="RawHub.Channel.WhenDispatched"/>).</param>
/// <param name="Commit">What to wait for before it is acknowledged (<see cref="Hub.WhenDecided"/>); 0 when there is no store to wait for.</param>
/// <param name="Refusal">Why it was not published.</param>
public readonly record struct PublishResult(Channel? Channel, MessageId Id, int Subscribers, long Backlog, long Commit = 0, PublishRefusal Refusal = PublishRefusal.None)
{
    /// <summary>Nothing was published.</summary>
    public bool IsRefused => Refusal != PublishRefusal.None;

    internal static PublishResult Refused(PublishRefusal refusal) => new(null, default, 0, 0, 0, refusal);
}
