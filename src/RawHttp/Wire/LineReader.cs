namespace RawHttp.Wire;

/// <summary>Finds lines that end with CRLF and looks at no byte more than twice. RFC 9112 §2.2. Not thread-safe.</summary>
struct LineReader
{
    int scanned;

    /// <summary>Where the line begins that is being looked for, in bytes from the start of the input.</summary>
    internal int Start { get; private set; }

    /// <summary>Looks for the end of the line at <see cref="Start"/>.</summary>
    /// <param name="input">The same bytes as at the last call, with or without more behind them.</param>
    /// <param name="maxEnd">How many bytes of the input the line, its CRLF included, must lie in.</param>
    /// <param name="tooLong">The fault when it does not.</param>
    /// <param name="line">The line without its CRLF.</param>
    internal ReadResult Next(ReadOnlySpan<byte> input, int maxEnd, HttpFault tooLong, out Piece line)
    {
        line = default;
        if (scanned == Start && TryTakeWhole(input, maxEnd, out line)) return ReadResult.Done(line.Length + 2);
        int found = input[scanned..].IndexOf((byte)'\n');
        int end = found < 0 ? input.Length : scanned + found + 1;
        if (end > maxEnd) return ReadResult.Invalid(tooLong);
        scanned = end;
        if (found < 0) return ReadResult.NeedMore;
        if (end - Start < 2 || input[end - 2] != '\r') return ReadResult.Invalid(HttpFault.BareLineFeed);
        line = new(Start, end - 2 - Start);
        if (line.Of(input).Contains((byte)'\r')) return ReadResult.Invalid(HttpFault.BareCarriageReturn);
        Start = end;
        return ReadResult.Done(line.Length + 2);
    }

    // Most lines: here as a whole and unbroken. Then the first CR or LF is their CRLF, and one look tells both; whatever else it is, is told above.
    bool TryTakeWhole(ReadOnlySpan<byte> input, int maxEnd, out Piece line)
    {
        line = default;
        int length = input[Start..].IndexOfAny((byte)'\r', (byte)'\n');
        int end = Start + length + 2;
        if (length < 0 || end > Math.Min(input.Length, maxEnd) || input[end - 2] != '\r' || input[end - 1] != '\n') return false;
        line = new(Start, length);
        Start = scanned = end;
        return true;
    }
}
