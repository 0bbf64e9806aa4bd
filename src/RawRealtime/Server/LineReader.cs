namespace RawRealtime.Server;

/// <summary>What <see cref="LineReader"/> found.</summary>
internal enum LineStatus : byte
{
    /// <summary>All bytes are spent, and the line is not at its end.</summary>
    NeedMore,

    /// <summary>A line, without its end.</summary>
    Line,

    /// <summary>The end of a line of which too much came; its bytes are gone.</summary>
    TooLong,
}

/// <summary>
/// Cuts bytes that come in pieces into lines: LF or CRLF ends one. A line that lies in one piece is not copied; of a longer one only
/// so much is held as a line may have.
/// </summary>
/// <param name="maxBytes">Longest line, without its end.</param>
internal sealed class LineReader(int maxBytes)
{
    // What is held for a long line is given back after it.
    const int KeptBytes = 16 << 10;

    byte[] begun = [];
    int length;
    bool isTooLong, isGiven;

    /// <summary>The number of the line found last, from 1 on; also of one that is empty.</summary>
    public long Number { get; private set; }

    /// <summary>Reads up to the end of one line.</summary>
    /// <param name="unread">Bytes not read yet; those that were read are taken off.</param>
    /// <param name="line">The line, valid until the next call.</param>
    public LineStatus Read(ref ReadOnlyMemory<byte> unread, out ReadOnlyMemory<byte> line)
    {
        Forget();
        int feed = unread.Span.IndexOf((byte)'\n');
        ReadOnlyMemory<byte> part = feed < 0 ? unread : unread[..feed];
        unread = unread[(feed < 0 ? unread.Length : feed + 1)..];
        line = default;
        if (feed >= 0 && length == 0 && !isTooLong) return Give(part, out line);
        Hold(part.Span);
        return feed < 0 ? LineStatus.NeedMore : Give(begun.AsMemory(0, length), out line);
    }

    /// <summary>The bytes have ended: gives the last line when no end of line stood behind it.</summary>
    /// <param name="line">As in <see cref="Read"/>.</param>
    /// <returns>NeedMore when nothing was begun.</returns>
    public LineStatus ReadLast(out ReadOnlyMemory<byte> line)
    {
        Forget();
        line = default;
        return length == 0 && !isTooLong ? LineStatus.NeedMore : Give(begun.AsMemory(0, length), out line);
    }

    LineStatus Give(ReadOnlyMemory<byte> whole, out ReadOnlyMemory<byte> line)
    {
        (isGiven, line) = (true, default);
        Number++;
        if (!whole.IsEmpty && whole.Span[^1] == '\r') whole = whole[..^1];
        if (isTooLong || whole.Length > maxBytes) return LineStatus.TooLong;
        line = whole;
        return LineStatus.Line;
    }

    void Forget()
    {
        if (!isGiven) return;
        (length, isTooLong, isGiven) = (0, false, false);
        if (begun.Length > KeptBytes) begun = [];
    }

    void Hold(ReadOnlySpan<byte> part)
    {
        isTooLong |= part.Length > maxBytes + 1 - length; // one more, which may be the CR of its end
        if (isTooLong)
        {
            (begun, length) = ([], 0);
            return;
        }
        if (begun.Length - length < part.Length) Array.Resize(ref begun, Math.Max(length + part.Length, Math.Min(2 * begun.Length, maxBytes + 1)));
        part.CopyTo(begun.AsSpan(length));
        length += part.Length;
    }
}
