namespace RawHttp.Wire;

/// <summary>
/// Reads response heads, client role. RFC 9112 §4 and §5. Show it all unread bytes each time, beginning with the same one,
/// until it says Done or Invalid. As strict as <see cref="RequestHeadReader"/>. Not thread-safe.
/// </summary>
/// <param name="limits">What is too much; the request line's bound is also the status line's.</param>
public sealed class ResponseHeadReader(HttpLimits limits)
{
    LineReader lines;

    /// <summary>Forgets what it has seen; needed after Invalid, and done by itself after Done.</summary>
    public void Reset() => lines = default;

    /// <summary>Looks for the end of a head.</summary>
    /// <param name="unread">All bytes that arrived and are not spent.</param>
    /// <param name="head">Receives the head; complete only when the result is Done.</param>
    /// <returns>Done with the bytes of the head, NeedMore, or Invalid.</returns>
    public ReadResult Read(ReadOnlySpan<byte> unread, ResponseHead head)
    {
        while (true)
        {
            bool isFirst = lines.Start == 0;
            int maxEnd = isFirst ? limits.MaxRequestLineBytes : limits.MaxHeadBytes;
            ReadResult found = lines.Next(unread, maxEnd, isFirst ? HttpFault.BadStatusLine : HttpFault.FieldsTooLarge, out Piece line);
            if (found.Status != ReadStatus.Done) return found;
            if (!isFirst && line.Length == 0) return Complete(unread[..lines.Start], head);
            HttpFault fault = isFirst ? ReadFirstLine(line.Of(unread), head) : head.Fields.AddLine(line.Of(unread), line.Start, limits.MaxFields);
            if (fault != HttpFault.None) return ReadResult.Invalid(fault);
        }
    }

    static HttpFault ReadFirstLine(ReadOnlySpan<byte> line, ResponseHead head)
    {
        head.Clear();
        return head.ReadStatusLine(line);
    }

    ReadResult Complete(ReadOnlySpan<byte> spent, ResponseHead head)
    {
        head.Fields.Keep(spent);
        Reset();
        return ReadResult.Done(spent.Length);
    }
}
