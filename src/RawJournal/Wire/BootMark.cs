using System.Globalization;

namespace RawJournal.Wire;

/// <summary>Tells one run of the machine from another: the kernel's own id of it, or the second in which it began.</summary>
/// <param name="Text"><c>id:</c> and any text, or <c>time:</c> and seconds since 1970.</param>
public readonly record struct BootMark(string Text)
{
    const string Id = "id:", Time = "time:";

    /// <summary>
    /// How far two computed starts may lie apart and be the same one, in seconds. A clock that is set by more looks like a restart,
    /// which is the safe side; a machine that restarts within it does not exist.
    /// </summary>
    public const long ToleranceSeconds = 2;

    /// <summary>From the kernel's id of this run.</summary>
    /// <param name="id">Compared as it is.</param>
    public static BootMark OfId(string id) => new(Id + id.Trim());

    /// <summary>From the time at which the machine was started.</summary>
    /// <param name="unixSeconds">Seconds since 1970.</param>
    public static BootMark OfTime(long unixSeconds) => new(Time + unixSeconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether both are of one run. What can't be compared is not.</summary>
    /// <param name="other">The other mark.</param>
    public bool IsSameRunAs(BootMark other)
    {
        if (Text is null || other.Text is null) return false;
        if (Text.StartsWith(Id, StringComparison.Ordinal)) return Text.Length > Id.Length && Text == other.Text;
        return TrySeconds(Text, out long mine) && TrySeconds(other.Text, out long theirs) && Math.Abs(mine - theirs) <= ToleranceSeconds;
    }

    static bool TrySeconds(string text, out long seconds)
    {
        seconds = 0;
        return text.StartsWith(Time, StringComparison.Ordinal)
            && long.TryParse(text.AsSpan(Time.Length), NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && seconds < long.MaxValue / 2;
    }
}
