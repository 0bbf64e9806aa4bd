namespace RawRealtime.Cli;

/// <summary>How long something is waited for, written as people write times; -1 for without an end.</summary>
internal readonly record struct Wait(TimeSpan? Time)
{
    const string Endless = "-1";

    // More than a timer takes would be a fault of the program; nobody waits for longer.
    static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public override string ToString() => Time is { } time ? new Duration(time).ToString() : Endless;

    /// <summary>Reads one.</summary>
    public static bool TryRead(string text, out Wait wait)
    {
        wait = default;
        if (text == Endless) return true;
        if (!Quantities.TryReadDuration(text, out Duration duration) || duration.Time > Longest) return false;
        wait = new(duration.Time);
        return true;
    }
}
