namespace RawHub;

/// <summary>One subscription's place in one feed.</summary>
/// <remarks>
/// Guarded by the subscription's lock, except <see cref="Index"/>, which is the feed's. Its feed reads and moves it with both
/// locks held.
/// </remarks>
internal sealed class Seat(Subscription subscription, Feed feed)
{
    internal Subscription Subscription { get; } = subscription;

    internal Feed Feed { get; } = feed;

    /// <summary>Where the feed keeps this seat; −1 while it does not.</summary>
    internal int Index { get; set; } = -1;

    /// <summary>The position that is wanted next.</summary>
    internal long Next { get; set; }

    /// <summary>How far the last read looked: what lies before is delivered, or not wanted.</summary>
    internal long ReadTo { get; set; }

    /// <summary>Up to which position the subscriber knows of losses.</summary>
    internal long LossKnownTo { get; set; }

    /// <summary>The subscription was started since this seat was taken.</summary>
    internal bool IsOpen { get; set; }

    /// <summary>The feed may have messages from <see cref="Next"/> on.</summary>
    internal bool HasNews { get; set; }

    /// <summary>It has once had the newest message: from then on being behind is being slow.</summary>
    internal bool IsLive { get; set; }

    /// <summary>It had no room for a message since its last read.</summary>
    internal bool WasRefused { get; set; }

    /// <summary>The channel was deleted.</summary>
    internal bool IsDeleted { get; set; }

    /// <summary>The channel was deleted and the subscriber does not know it yet.</summary>
    internal bool OwesDeletion { get; set; }

    /// <summary>The subscriber gave this channel up.</summary>
    internal bool IsRemoved { get; set; }

    /// <summary>"Everything up to here has been delivered."</summary>
    internal MessageId Position => new(Feed.Epoch, Next - 1);
}
