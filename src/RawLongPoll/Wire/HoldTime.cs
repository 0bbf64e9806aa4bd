namespace RawLongPoll.Wire;

/// <summary>How long a poll is held. Polls that began together must not all come back together.</summary>
public static class HoldTime
{
    /// <summary>Seconds held when none are asked for.</summary>
    public const int DefaultSeconds = 25;

    /// <summary>Most seconds held; more counts as this.</summary>
    public const int MaxSeconds = 120;

    /// <summary>Between 90 % and 100 % of the wait, in milliseconds.</summary>
    /// <param name="waitSeconds">What was asked for.</param>
    /// <param name="random">Any number, drawn evenly: 0 gives the shortest, the largest gives the longest.</param>
    /// <param name="clockMilliseconds">How coarse the clock is that measures it; the spread keeps this far from both ends, or stays in their middle.</param>
    public static int MillisecondsOf(int waitSeconds, uint random, int clockMilliseconds = 0)
    {
        int whole = waitSeconds * 1000, tenth = waitSeconds * 100;
        int margin = Math.Min(clockMilliseconds, tenth / 2), spread = tenth - 2 * margin;
        return whole - tenth + margin + (int)((ulong)spread * random / uint.MaxValue);
    }
}
