using RawNet;

namespace RawHub;

/// <summary>One way to write a message for the wire, the same bytes for all who get it.</summary>
/// <remarks>One object per format for the life of the process; any thread.</remarks>
public abstract class MessageFormat
{
    /// <summary>How many formats there can be.</summary>
    public const int MaxFormats = 20;

    /// <summary>Takes a slot.</summary>
    /// <param name="slot">Where a message keeps this format's bytes: 0 to 19, different for each format.</param>
    protected MessageFormat(int slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, MaxFormats);
        Slot = slot;
    }

    internal int Slot { get; }

    /// <summary>Writes the message into a new block, whose one reference goes to the caller. Asked at most once per message.</summary>
    /// <param name="message">Borrowed for this call, under its lock: must not wait.</param>
    public abstract SharedBytes Encode(PublishedMessage message);
}
