using RawNet;

namespace RawRealtime.Access;

/// <summary>When a grant ends, in the time of the heartbeat that tells it: no timer for each connection.</summary>
/// <param name="Heartbeat">Whose time it is; null when it never ends.</param>
/// <param name="DueMilliseconds">The moment; <see cref="long.MaxValue"/> for never.</param>
internal readonly record struct GrantExpiry(Heartbeat? Heartbeat, long DueMilliseconds)
{
    /// <summary>It never ends.</summary>
    public static GrantExpiry Never => new(null, long.MaxValue);

    /// <summary>The moment that is so far from now.</summary>
    /// <param name="heartbeat">Whose time it is to be.</param>
    /// <param name="left">What is left of it.</param>
    public static GrantExpiry After(Heartbeat heartbeat, TimeSpan left) => new(heartbeat, heartbeat.NowMilliseconds + (long)Math.Ceiling(left.TotalMilliseconds));

    /// <summary>Whether it has come.</summary>
    public bool IsOver(long nowMilliseconds) => nowMilliseconds >= DueMilliseconds;

    /// <summary>Whichever comes first.</summary>
    public long Before(long dueMilliseconds) => Math.Min(DueMilliseconds, dueMilliseconds);
}
