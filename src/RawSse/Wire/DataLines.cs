namespace RawSse.Wire;

/// <summary>The lines of a text, for one data field each. HTML §9.2.5: CRLF, LF and CR each end a line.</summary>
/// <remarks>A text has one line more than it has line ends, so an empty text has one, and the reader gets every line end back as LF.</remarks>
internal ref struct DataLines(ReadOnlySpan<byte> text)
{
    ReadOnlySpan<byte> rest = text;
    bool isOver;

    internal ReadOnlySpan<byte> Current { get; private set; }

    internal bool MoveNext()
    {
        if (isOver) return false;
        int end = rest.IndexOfAny((byte)'\r', (byte)'\n');
        isOver = end < 0;
        Current = isOver ? rest : rest[..end];
        if (isOver) return true;
        int size = rest[end..].StartsWith("\r\n"u8) ? 2 : 1;
        rest = rest[(end + size)..];
        return true;
    }
}
