namespace RawSse.Wire;

/// <summary>Why an event stream is read no further. The grammar itself has no errors (HTML §9.2.6): what it does not know is ignored.</summary>
public enum SseFault : byte
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>HTML §9.2.6 sets no bound: a line, or the data of one event, is longer than the reader was told to take.</summary>
    EventTooLarge,
}
