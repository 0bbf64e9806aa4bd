namespace RawRealtime.Client;

/// <summary>Cuts the input into messages: lines, or pieces as they come. Not thread-safe.</summary>
/// <param name="input">The input.</param>
/// <param name="areLines">One message per line, its end (LF or CRLF) left away; else what one read brings is one message.</param>
/// <param name="maxBytes">Longest line.</param>
internal sealed class InputMessages(Stream input, bool areLines, int maxBytes)
{
    const int PieceBytes = 64 * 1024;

    static ReadOnlyMemory<byte>? End => null; // a plain null would become an empty message, by way of an array

    byte[] buffer = new byte[PieceBytes];
    int start, end;

    /// <summary>How many were read.</summary>
    public long Count { get; private set; }

    /// <summary>The next message, valid until the next call; null at the input's end.</summary>
    /// <exception cref="InvalidDataException">A line is too long.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync()
    {
        ReadOnlyMemory<byte>? next = areLines ? await NextLineAsync().ConfigureAwait(false) : await NextPieceAsync().ConfigureAwait(false);
        if (next is not null) Count++;
        return next;
    }

    async ValueTask<ReadOnlyMemory<byte>?> NextPieceAsync()
    {
        int length = await input.ReadAsync(buffer).ConfigureAwait(false);
        return length > 0 ? buffer.AsMemory(0, length) : End;
    }

    async ValueTask<ReadOnlyMemory<byte>?> NextLineAsync()
    {
        int searched = 0; // of the line that begins at start
        while (true)
        {
            int feed = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (feed >= 0) return TakeLine(searched + feed, andFeed: 1);
            searched = end - start;
            if (searched > maxBytes) throw new InvalidDataException($"line {Count + 1} of the input is longer than {maxBytes} bytes.");
            MakeRoom();
            int length = await input.ReadAsync(buffer.AsMemory(end)).ConfigureAwait(false);
            if (length == 0) return searched > 0 ? TakeLine(searched, andFeed: 0) : End;
            end += length;
        }
    }

    ReadOnlyMemory<byte> TakeLine(int length, int andFeed)
    {
        ReadOnlyMemory<byte> line = buffer.AsMemory(start, length);
        start += length + andFeed;
        return andFeed > 0 && line.Length > 0 && line.Span[^1] == '\r' ? line[..^1] : line;
    }

    void MakeRoom()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
    }
}
