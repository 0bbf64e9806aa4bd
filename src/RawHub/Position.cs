namespace RawHub;

/// <summary>A channel, or several by a pattern, some of whose messages are missing, and why.</summary>
public readonly record struct LostChannel(ChannelPattern Channel, LossReason Reason);

/// <summary>The answer that every subscription begins with: where delivery starts, and whether anything is missing before it.</summary>
public sealed class Position
{
    readonly LostChannel[] lost;

    /// <summary>States a position.</summary>
    /// <param name="from">The cursor that delivery starts after.</param>
    /// <param name="channels">How many channels <paramref name="from"/> is for.</param>
    /// <param name="lost">The channels with missing messages, in subscription order; empty when there is none.</param>
    public Position(string from, int channels, params LostChannel[] lost) => (From, Channels, this.lost) = (from, channels, lost);

    /// <summary>The cursor that delivery starts after.</summary>
    public string From { get; }

    /// <summary>How many channels the position is for.</summary>
    public int Channels { get; }

    /// <summary>Whether everything after the cursor that was asked for will be delivered.</summary>
    public bool Recovered => lost.Length == 0;

    /// <summary>Why not: the reason of the first channel that lost something, else None.</summary>
    public LossReason Reason => lost.Length == 0 ? LossReason.None : lost[0].Reason;

    /// <summary>The channels with missing messages, in subscription order.</summary>
    public ReadOnlySpan<LostChannel> Lost => lost;
}
