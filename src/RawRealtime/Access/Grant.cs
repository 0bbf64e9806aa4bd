using RawHub;

namespace RawRealtime.Access;

/// <summary>What whoever sent a request may do, who that is, and until when. Immutable, any thread. docs/tokens.md.</summary>
internal sealed class Grant
{
    // What tells who is there is meant by no pattern that does not begin so itself.
    static readonly ChannelPattern[] All = [Pattern("*"), Pattern(ChannelPattern.PresencePrefix + "*")];

    /// <summary>Everything, for ever, to nobody in particular: what everybody has while no token is asked for.</summary>
    public static Grant Open { get; } = new() { Publish = All, Subscribe = All, Delete = All };

    /// <summary>Who it is, as the token says; null when it does not.</summary>
    public string? Subject { get; init; }

    /// <summary>When it ends.</summary>
    public GrantExpiry Expiry { get; init; } = GrantExpiry.Never;

    /// <summary>Where it may publish.</summary>
    public IReadOnlyList<ChannelPattern> Publish { get; init; } = [];

    /// <summary>What it may subscribe to and look at.</summary>
    public IReadOnlyList<ChannelPattern> Subscribe { get; init; } = [];

    /// <summary>What it may delete.</summary>
    public IReadOnlyList<ChannelPattern> Delete { get; init; } = [];

    /// <summary>Whether it may publish to <paramref name="channel"/>.</summary>
    public bool MayPublish(ChannelName channel) => IsMeant(Publish, new(channel));

    /// <summary>Whether it may subscribe to all that <paramref name="channels"/> means: one of its own patterns must mean all of it too.</summary>
    public bool MaySubscribe(ChannelPattern channels) => IsMeant(Subscribe, channels);

    /// <summary>Whether it may subscribe to one channel, and see it in a list.</summary>
    public bool MaySubscribe(ChannelName channel) => IsMeant(Subscribe, new(channel));

    /// <summary>Whether it may delete <paramref name="channel"/>.</summary>
    public bool MayDelete(ChannelName channel) => IsMeant(Delete, new(channel));

    static bool IsMeant(IReadOnlyList<ChannelPattern> patterns, ChannelPattern asked)
    {
        for (int i = 0; i < patterns.Count; i++) // with each message of a WebSocket: an enumerator would be an object each time
            if (patterns[i].Covers(asked)) return true;
        return false;
    }

    static ChannelPattern Pattern(string text) => ChannelPattern.TryParse(text, out ChannelPattern pattern) ? pattern : throw new ArgumentException($"'{text}' is no pattern.", nameof(text));
}
