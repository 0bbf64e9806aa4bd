namespace RawJournal.Wire;

/// <summary>When written records are made safe against a loss of power. Against the end of the process, however it ends, they are safe at once.</summary>
public enum FsyncPolicy : byte
{
    /// <summary>After each batch, before it counts as committed: nothing that was committed is ever lost.</summary>
    Every,

    /// <summary>Within a time that is set: a loss of power takes the records of that time.</summary>
    Interval,

    /// <summary>When the system likes, half a minute perhaps: a loss of power takes what it takes.</summary>
    Never,
}
