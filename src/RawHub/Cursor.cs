using System.Text;

namespace RawHub;

/// <summary>
/// "Everything up to here has been delivered", as text: one <see cref="MessageId"/> per channel, in subscription
/// order, joined by <c>.</c>. To a client it is opaque; it is safe in a URL, an entity tag and an event stream's id.
/// </summary>
public static class Cursor
{
    /// <summary>Asks for all that is kept, instead of what comes after a position.</summary>
    public const string Earliest = "earliest";

    /// <summary>The most channels of one subscription, and so the most positions of one cursor.</summary>
    public const int MaxPositions = 64;

    const char Separator = '.';

    /// <summary>Bytes that a cursor of <paramref name="positions"/> positions needs at most.</summary>
    public static int MaxLength(int positions) => positions * (MessageId.MaxLength + 1);

    /// <summary>Reads exactly as many positions as <paramref name="into"/> has places.</summary>
    /// <returns>False when <paramref name="text"/> is not a cursor of this form or of another number of channels.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, Span<MessageId> into)
    {
        if (text.Length > MaxLength(into.Length)) return false;
        int count = 0;
        foreach (Range part in text.Split(Separator))
        {
            if (count == into.Length || !MessageId.TryParse(text[part], out into[count])) return false;
            count++;
        }
        return count == into.Length;
    }

    /// <summary>Writes the cursor as bytes and returns how many.</summary>
    /// <param name="positions">One per channel, in subscription order.</param>
    /// <param name="into">At least <see cref="MaxLength"/> bytes.</param>
    public static int Format(ReadOnlySpan<MessageId> positions, Span<byte> into)
    {
        int written = 0;
        foreach (MessageId position in positions)
        {
            if (written > 0) into[written++] = (byte)Separator;
            written += position.Format(into[written..]);
        }
        return written;
    }

    /// <summary>The cursor as text.</summary>
    /// <param name="positions">One per channel, in subscription order.</param>
    /// <param name="same">A text that may be the same, and is then given back instead of a new one; null for none.</param>
    public static string ToText(ReadOnlySpan<MessageId> positions, string? same = null)
    {
        Span<byte> bytes = stackalloc byte[MaxLength(positions.Length)];
        bytes = bytes[..Format(positions, bytes)];
        return same is not null && Ascii.Equals(bytes, same) ? same : Encoding.ASCII.GetString(bytes);
    }
}
