namespace RawHttp.Wire;

/// <summary>
/// Reads request heads. RFC 9112 §2 to §6. Show it all unread bytes each time, beginning with the same one, until it says
/// Done or Invalid: it remembers how far it has looked. Whole lines are judged as they come, so a refusal does not wait for the end.
/// Not thread-safe.
/// </summary>
/// <param name="limits">What is too much.</param>
/// <param name="isSecure">Whether the bytes come over TLS; without it no <c>https</c> target is taken (RFC 9110 §7.4).</param>
public sealed class RequestHeadReader(HttpLimits limits, bool isSecure = false)
{
    LineReader lines;
    int headStart = -1;
    int emptyLines;

    /// <summary>Whether a byte of a request line was seen; empty lines before it do not count.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Forgets what it has seen; needed after Invalid, and done by itself after Done.</summary>
    public void Reset()
    {
        lines = default;
        headStart = -1;
        emptyLines = 0;
        HasBegun = false;
    }

    /// <summary>Looks for the end of a head.</summary>
    /// <param name="unread">All bytes that arrived and are not spent.</param>
    /// <param name="head">Receives the head; complete only when the result is Done.</param>
    /// <returns>Done with the bytes of the head and of the empty lines before it, NeedMore, or Invalid.</returns>
    public ReadResult Read(ReadOnlySpan<byte> unread, RequestHead head)
    {
        while (true)
        {
            if (headStart < 0 && BeginsWithOther(unread)) return ReadResult.Invalid(HttpFault.BadMethod);
            ReadResult found = lines.Next(unread, MaxEnd, HttpFault.FieldsTooLarge, out Piece line);
            if (found.Status != ReadStatus.Done) return found.Fault == HttpFault.FieldsTooLarge ? ReadResult.Invalid(TooLong(unread)) : found;
            if (headStart >= 0 && line.Length == 0) return Complete(unread[..lines.Start], head);
            HttpFault fault = headStart < 0 ? ReadFirstLine(line, unread, head)
                : head.Fields.AddLine(line.Of(unread), line.Start - headStart, limits.MaxFields);
            if (fault != HttpFault.None) return ReadResult.Invalid(fault);
        }
    }

    int MaxEnd => headStart < 0 ? lines.Start + limits.MaxRequestLineBytes : headStart + limits.MaxHeadBytes;

    // Bytes that are no HTTP at all, a TLS hello for one, are told at the first of them and not after a time-out.
    bool BeginsWithOther(ReadOnlySpan<byte> unread)
    {
        if (unread.Length == lines.Start) return false;
        byte first = unread[lines.Start];
        if (first is (byte)'\r' or (byte)'\n') return false;
        HasBegun = true;
        return !HttpGrammar.TokenCharacters.Contains(first);
    }

    // RFC 9112 §3: 501 for a method that is longer than any implemented, 414 for a target that is too long. What has no space at all in
    // the length of a request line is none. RFC 6585 §5 for the rest.
    HttpFault TooLong(ReadOnlySpan<byte> unread)
    {
        if (headStart >= 0) return HttpFault.FieldsTooLarge;
        ReadOnlySpan<byte> start = unread[lines.Start..];
        int methodLength = start[..Math.Min(start.Length, limits.MaxRequestLineBytes)].IndexOf((byte)' ');
        if (methodLength < 0) return HttpFault.BadRequestLine;
        return methodLength > HttpLimits.MaxMethodBytes ? HttpFault.MethodTooLong : HttpFault.TargetTooLong;
    }

    HttpFault ReadFirstLine(Piece line, ReadOnlySpan<byte> unread, RequestHead head)
    {
        if (line.Length == 0) return ++emptyLines > HttpLimits.MaxEmptyLines ? HttpFault.TooManyEmptyLines : HttpFault.None; // RFC 9112 §2.2
        headStart = line.Start;
        head.Clear();
        return head.ReadRequestLine(line.Of(unread));
    }

    ReadResult Complete(ReadOnlySpan<byte> spent, RequestHead head)
    {
        HttpFault fault = head.Complete(spent[headStart..]);
        if (fault == HttpFault.None && head.Target.IsHttps && !isSecure) fault = HttpFault.SchemeNotServedHere;
        if (fault != HttpFault.None) return ReadResult.Invalid(fault);
        Reset();
        return ReadResult.Done(spent.Length);
    }
}
