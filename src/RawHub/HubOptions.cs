namespace RawHub;

/// <summary>What a hub keeps, and for how long.</summary>
public sealed class HubOptions
{
    /// <summary>Told when a subscriber's callback threw: a bug in the transport. Its subscription has been ended.</summary>
    public required Action<ISubscriber, Exception> OnFailed { get; init; }

    /// <summary>Most messages kept per channel.</summary>
    /// <value>1,000 unless set. 0 keeps none beyond their delivery.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public int HistoryMessages { get; init => field = NotNegative(value); } = 1_000;

    /// <summary>Most bytes of data kept per channel.</summary>
    /// <value>16 MiB unless set.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public long HistoryBytes { get; init => field = NotNegative(value); } = 16 << 20;

    /// <summary>Most bytes of data kept by all channels together; beyond it the least recently used shrink first.</summary>
    /// <value>1 GiB unless set.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public long HistoryTotalBytes { get; init => field = NotNegative(value); } = 1L << 30;

    /// <summary>How long a message is kept, in milliseconds, by the hub's clock (<see cref="Hub.Tick"/>).</summary>
    /// <value>One hour unless set.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public long HistoryAgeMs { get; init => field = NotNegative(value); } = 3_600_000;

    /// <summary>How long an unused, empty channel keeps its epoch, in milliseconds.</summary>
    /// <value>Ten minutes unless set.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public long IdleChannelMs { get; init => field = NotNegative(value); } = 600_000;

    /// <summary>Most channels at a time: names are made by their first use, and memory must not be.</summary>
    /// <value>100,000 unless set.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public int MaxChannels { get; init => field = NotNegative(value); } = 100_000;

    /// <summary>Draws the epoch of a new channel; any thread.</summary>
    /// <value><see cref="Epoch.Draw"/> unless set.</value>
    public Func<Epoch> DrawEpoch { get; init; } = Epoch.Draw;

    /// <summary>Draws the epoch of the hub itself, which the positions of patterns count in.</summary>
    /// <value><see cref="Epoch.Draw"/> unless set.</value>
    public Func<Epoch> DrawHubEpoch { get; init; } = Epoch.Draw;

    /// <summary>What becomes of subscribers that are too slow.</summary>
    /// <value>They are ended when messages they still wanted are no longer kept.</value>
    public SlowPolicy Slow { get; init; } = new(SlowKind.Disconnect);

    /// <summary>Policies of their own for some channels; the first that means a channel, or all of a pattern, counts.</summary>
    /// <value>None unless set.</value>
    public IReadOnlyList<ChannelSlowPolicy> SlowChannels { get; init; } = [];

    /// <summary>Where messages are written down before they are delivered.</summary>
    /// <value>Null unless set: nowhere.</value>
    public IHubStore? Store { get; init; }

    /// <summary>Told when a subscriber of a channel by its name is there (true) or gone (false). With its lock held: must neither wait nor call a subscription.</summary>
    /// <value>Nobody is told unless set.</value>
    public Action<ChannelName, SubscriberInfo, bool>? OnPresence { get; init; }

    internal SlowPolicy SlowPolicyOf(ChannelPattern name)
    {
        foreach (ChannelSlowPolicy own in SlowChannels)
            if (own.Channels.Covers(name)) return own.Policy;
        return Slow;
    }

    static int NotNegative(int value) => (int)NotNegative((long)value);

    static long NotNegative(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return value;
    }
}
