namespace RawRealtime.Bench;

/// <summary>Finds messages in a text around them, an event stream or JSON, that comes in pieces. Pure; a default one is at the start of the text.</summary>
internal struct MessageScanner
{
    MessageMatcher matcher;
    bool isInside;

    /// <summary>Looks for the next message.</summary>
    /// <param name="format">What messages look like.</param>
    /// <param name="text">The next piece of the text; what is spent is cut off.</param>
    /// <param name="number">The message's number, when there is one.</param>
    /// <returns>Whether a message ended; false with <paramref name="text"/> spent.</returns>
    public bool Next(NumberedMessage format, ref ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        bool beganHere = false;
        while (!text.IsEmpty)
        {
            if (!isInside)
            {
                int start = text.IndexOf(NumberedMessage.Bar);
                text = start < 0 ? default : text[start..];
                if (start < 0) return false;
                if (text.Length >= format.Size && format.TryRead(text[..format.Size], out number))
                {
                    text = text[format.Size..];
                    return true;
                }
                isInside = beganHere = true;
                matcher.Restart();
            }
            int taken = Math.Min(text.Length, matcher.Wanted(format));
            matcher.Take(format, text[..taken]);
            bool isWhole = matcher.IsComplete(format, out number);
            if (isWhole || matcher.IsBroken) isInside = false;
            if (!matcher.IsBroken) text = text[taken..];
            else if (beganHere) text = text[1..]; // another may begin behind its bar, or with the first byte of this piece
            if (isWhole) return true;
        }
        return false;
    }
}
