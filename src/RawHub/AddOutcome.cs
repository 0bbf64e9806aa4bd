namespace RawHub;

/// <summary>What became of <see cref="Subscription.Add"/>.</summary>
public enum AddOutcome : byte
{
    /// <summary>The channel is subscribed to; delivery begins with <see cref="Subscription.Start"/>.</summary>
    Added,

    /// <summary>It was before.</summary>
    AlreadySubscribed,

    /// <summary>The subscription has <see cref="Cursor.MaxPositions"/> channels already.</summary>
    TooMany,

    /// <summary>The hub has <see cref="HubOptions.MaxChannels"/> channels already.</summary>
    HubFull,

    /// <summary>The subscription was disposed.</summary>
    Ended,
}
