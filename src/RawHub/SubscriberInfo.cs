namespace RawHub;

/// <summary>Who a subscriber is, for those who may ask who is there.</summary>
/// <param name="Transport">How it is reached.</param>
/// <param name="Peer">Its network address, whatever that is; null when it has none. Its text is made when somebody asks for it.</param>
/// <param name="Subject">Whom its token names; null without one.</param>
/// <param name="SinceUnixMs">Since when: milliseconds since 1970, UTC.</param>
public sealed record SubscriberInfo(TransportKind Transport, object? Peer = null, string? Subject = null, long SinceUnixMs = 0)
{
    /// <summary>Its network address as text; null when it has none.</summary>
    public string? Address => Peer?.ToString();

    /// <summary>A number that no other subscriber of this process has: what joined and left can be matched by it.</summary>
    public long Number { get; } = Interlocked.Increment(ref LastNumber);

    static long LastNumber;
}

/// <summary>A subscriber of a channel.</summary>
/// <param name="Info">Who it is.</param>
/// <param name="Channels">What it subscribed to: the channel, or a pattern that means it.</param>
public readonly record struct PresentSubscriber(SubscriberInfo Info, ChannelPattern Channels);
