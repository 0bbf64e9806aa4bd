namespace RawRealtime.Bench;

/// <summary>
/// How many operations a connection may begin, and when each was meant to begin. Flat out: as many as fit. At a rate: those that are due, of which
/// this connection has every n-th. Pure; used under the gate.
/// </summary>
/// <param name="depth">Most operations under way.</param>
internal sealed class LaneClock(int depth)
{
    readonly long[] began = new long[depth];
    Schedule schedule;
    long lane, lanes;

    /// <summary>Operations that were begun.</summary>
    public long Begun { get; private set; }

    /// <summary>Operations that were completed.</summary>
    public long Done { get; private set; }

    /// <summary>Operations that may have begun by now.</summary>
    public long Allowed { get; private set; }

    /// <summary>Operations under way.</summary>
    public int UnderWay => (int)(Begun - Done);

    /// <summary>How many may begin now.</summary>
    public int Ready => (int)Math.Min(depth - UnderWay, Allowed - Begun);

    /// <summary>Whether as many begin as fit.</summary>
    public bool IsFlatOut => lanes == 0;

    /// <summary>Begin as many as fit from now on.</summary>
    public void RunFlatOut() => (lanes, Allowed) = (0, long.MaxValue);

    /// <summary>Begin each when it is due.</summary>
    /// <param name="common">The schedule of all connections.</param>
    /// <param name="index">Which of them this one is, from 0.</param>
    /// <param name="count">How many they are.</param>
    public void Follow(Schedule common, int index, int count) => (schedule, lane, lanes, Allowed) = (common, index, count, 0);

    /// <summary>One more is due.</summary>
    public void Release() => Allowed++;

    /// <summary>Begin no further ones.</summary>
    public void Stop() => Allowed = Begun;

    /// <summary>Notes that some begin.</summary>
    /// <param name="count">How many, at most <see cref="Ready"/>.</param>
    /// <param name="now">The time.</param>
    public void Begin(int count, long now)
    {
        for (int i = 0; i < count; i++, Begun++) began[Begun % depth] = lanes == 0 ? now : schedule.DueAt(Begun * lanes + lane);
    }

    /// <summary>When one under way was meant to begin.</summary>
    /// <param name="number">Its number.</param>
    public long BeganAt(long number) => began[number % depth];

    /// <summary>The oldest is complete.</summary>
    /// <returns>When it was meant to begin.</returns>
    public long Complete() => began[Done++ % depth];
}
