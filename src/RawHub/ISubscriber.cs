namespace RawHub;

/// <summary>What a transport does with what the hub delivers.</summary>
/// <remarks>
/// All calls for one subscription come one at a time, under its lock. They must not wait, and must not call another
/// subscription; calling the own one is allowed. One that throws ends its subscription (<see cref="HubOptions.OnFailed"/>).
/// </remarks>
public interface ISubscriber
{
    /// <summary>Takes one message, or refuses it for now.</summary>
    /// <param name="subscription">Its cursor already includes <paramref name="message"/> during this call.</param>
    /// <param name="message">Borrowed for this call; <see cref="PublishedMessage.AddRef"/> keeps it longer.</param>
    /// <returns>False: no room. Nothing more comes until <see cref="Subscription.Resume"/>, and then this message first.</returns>
    bool TryDeliver(Subscription subscription, PublishedMessage message);

    /// <summary>The form in which it would take messages at once, as one block; null takes them one by one.</summary>
    /// <param name="subscription">Whose messages; the form must be the one that <see cref="TryDeliver(Subscription, PublishedMessage)"/> would give each of them.</param>
    MessageFormat? JoinsIn(Subscription subscription) => null;

    /// <summary>Takes messages at once, one or several, or refuses: then they are offered one by one. Only called when <see cref="JoinsIn"/> names a form.</summary>
    /// <param name="subscription">Its cursor already includes them during this call.</param>
    /// <param name="joined">The messages in that form.</param>
    bool TryDeliver(Subscription subscription, in JoinedMessages joined) => false;

    /// <summary>No call follows for now: send what was taken. Comes once after messages were taken or something was told, not after a refusal alone.</summary>
    void EndBatch(Subscription subscription);

    /// <summary>Messages of <paramref name="channel"/> are lost just here, before the next one delivered. It must be told to the client, or the connection ended.</summary>
    /// <param name="subscription">Its cursor is already the position that delivery goes on after.</param>
    /// <param name="channel">The channel or pattern.</param>
    /// <param name="reason">Why.</param>
    void OnLost(Subscription subscription, ChannelPattern channel, LossReason reason);

    /// <summary>It is too slow for <paramref name="channel"/>, by the channel's <see cref="SlowPolicy"/>: it must be ended. The client comes back with its cursor.</summary>
    void OnTooSlow(Subscription subscription, ChannelPattern channel);

    /// <summary>The channel was deleted; nothing more comes from it. Its place in the cursor stays.</summary>
    void OnChannelDeleted(Subscription subscription, ChannelPattern channel);
}
