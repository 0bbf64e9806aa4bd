namespace RawRealtime.Client;

/// <summary>How long to wait before the next try: twice as long after each failure, and not all clients at the same moment.</summary>
/// <param name="random">Spreads.</param>
internal sealed class BackOff(Random random)
{
    static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    TimeSpan most = First;

    /// <summary>The longest wait.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The next wait: between half of the present bound and all of it.</summary>
    /// <param name="atLeast">What the server asks for.</param>
    public TimeSpan Next(TimeSpan atLeast)
    {
        TimeSpan wait = most * (0.5 + 0.5 * random.NextDouble());
        most = most * 2 < Longest ? most * 2 : Longest;
        return wait > atLeast ? wait : atLeast;
    }

    /// <summary>It worked.</summary>
    public void Reset() => most = First;
}
