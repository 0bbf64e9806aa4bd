using System.Buffers;
using System.Text;

namespace RawHub;

/// <summary>The rule for a message's event name.</summary>
/// <remarks>
/// It is refused when it is published, not when it is delivered: an event stream cannot carry CR, LF or NUL in a
/// name, and a browser gives <c>open</c>, <c>error</c> and our own <c>position</c> another meaning (HTML §9.2.2).
/// </remarks>
public static class EventName
{
    /// <summary>The longest event name, in UTF-16 code units.</summary>
    public const int MaxLength = 128;

    /// <summary>The event that states a subscription's position.</summary>
    public const string Position = "position";

    static readonly SearchValues<char> LineBreakers = SearchValues.Create("\r\n\0");

    /// <summary>Whether a publisher may give a message the event name <paramref name="text"/>.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxLength
        && !text.ContainsAny(LineBreakers)
        && text is not (Position or "open" or "error")
        && IsWellFormed(text);

    // A lone surrogate has no UTF-8 form: the subscriber would see another name than the publisher gave.
    static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            if (Rune.DecodeFromUtf16(text, out _, out int used) != OperationStatus.Done) return false;
            text = text[used..];
        }
        return true;
    }
}
