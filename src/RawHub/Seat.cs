namespace RawHub;

/// <summary>One subscription's place in one channel.</summary>
/// <remarks>Guarded by the subscription's lock, except <see cref="Index"/>, which is the channel's.</remarks>
internal sealed class Seat(Subscription subscription, Channel channel)
{
    internal Subscription Subscription { get; } = subscription;

    internal Channel Channel { get; } = channel;

    /// <summary>Where the channel keeps this seat; −1 while it does not.</summary>
    internal int Index { get; set; } = -1;

    /// <summary>The offset that is wanted next.</summary>
    internal long Next { get; set; }

    /// <summary>The subscription was started since this seat was taken.</summary>
    internal bool IsOpen { get; set; }

    /// <summary>The channel may have messages from <see cref="Next"/> on.</summary>
    internal bool HasNews { get; set; }

    /// <summary>The channel was deleted.</summary>
    internal bool IsDeleted { get; set; }

    /// <summary>The channel was deleted and the subscriber does not know it yet.</summary>
    internal bool OwesDeletion { get; set; }

    /// <summary>The subscriber gave this channel up.</summary>
    internal bool IsRemoved { get; set; }

    /// <summary>"Everything up to here has been delivered."</summary>
    internal MessageId Position => new(Channel.Epoch, Next - 1);
}
