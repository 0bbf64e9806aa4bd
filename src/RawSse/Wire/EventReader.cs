using System.Text;
using RawHttp.Wire;

namespace RawSse.Wire;

/// <summary>Reads an event stream, as a client does. HTML §9.2.5 (grammar) and §9.2.6 (interpretation).</summary>
/// <remarks>
/// Pulled: each <see cref="Read"/> is shown the unread bytes and stops after one event. It resumes anywhere, also
/// between the bytes of a CRLF or of the BOM. An event without its empty line at the end of the stream is discarded (§9.2.6).
/// </remarks>
/// <param name="maxEventBytes">Longest line, and longest data of one event.</param>
public sealed class EventReader(int maxEventBytes = 1 << 20)
{
    static readonly byte[] Bom = [0xEF, 0xBB, 0xBF];

    readonly ByteText line = new(), data = new(), name = new(), idBuffer = new(), id = new();
    int bomSeen;
    bool skipsLineFeed;
    bool isDelivered;
    SseFault fault;

    /// <summary>The event's data as UTF-8. Valid until the next read.</summary>
    public ReadOnlySpan<byte> Data => data.Span;

    /// <summary>The event's data as text; what is not UTF-8 is U+FFFD.</summary>
    public string DataText => Encoding.UTF8.GetString(data.Span);

    /// <summary>The event's name; "message" when the stream gave none.</summary>
    public string Name => name.Span.IsEmpty ? "message" : Encoding.UTF8.GetString(name.Span);

    /// <summary>The id of the last event that had one, to be sent as <c>Last-Event-ID</c>; empty when there is none.</summary>
    public string LastId => Encoding.UTF8.GetString(id.Span);

    /// <summary>How long the stream asks to wait before coming back, in milliseconds; null when it never asked.</summary>
    public long? RetryMilliseconds { get; private set; }

    /// <summary>Why <see cref="Read"/> answered Invalid.</summary>
    public SseFault Fault => fault;

    /// <summary>Reads up to and including one event.</summary>
    /// <param name="unread">Bytes not yet consumed.</param>
    /// <param name="consumed">How many are spent; all of them unless the answer is Done.</param>
    /// <returns>Done: an event is there to be looked at. NeedMore: it is not complete. Invalid: see <see cref="Fault"/>; it stays so.</returns>
    public ReadStatus Read(ReadOnlySpan<byte> unread, out int consumed)
    {
        consumed = 0;
        if (isDelivered) ForgetEvent();
        if (fault == SseFault.None) SkipBom(unread, ref consumed);
        while (fault == SseFault.None && consumed < unread.Length)
        {
            if (TakeLine(unread, ref consumed) && EndsEvent()) return ReadStatus.Done;
        }
        return fault == SseFault.None ? ReadStatus.NeedMore : ReadStatus.Invalid;
    }

    // §9.2.5: one leading BOM is no part of the text. Bytes that only began like one are.
    void SkipBom(ReadOnlySpan<byte> unread, ref int consumed)
    {
        while (bomSeen < Bom.Length && consumed < unread.Length)
        {
            if (unread[consumed] != Bom[bomSeen])
            {
                line.Append(Bom.AsSpan(0, bomSeen));
                bomSeen = Bom.Length;
                return;
            }
            bomSeen++;
            consumed++;
        }
    }

    // §9.2.5: a line ends with CRLF, LF or CR; a CR ends it at once, and an LF right after it is skipped.
    bool TakeLine(ReadOnlySpan<byte> unread, ref int consumed)
    {
        if (skipsLineFeed && unread[consumed] == '\n') consumed++;
        skipsLineFeed = false;
        ReadOnlySpan<byte> rest = unread[consumed..];
        int end = rest.IndexOfAny((byte)'\r', (byte)'\n');
        ReadOnlySpan<byte> part = end < 0 ? rest : rest[..end];
        if (line.Length + (long)part.Length > maxEventBytes) fault = SseFault.EventTooLarge;
        else line.Append(part);
        consumed += part.Length;
        if (end < 0 || fault != SseFault.None) return false;
        skipsLineFeed = rest[end] == '\r';
        consumed++;
        return true;
    }

    // §9.2.6: an empty line dispatches; a line that begins with a colon is a comment.
    bool EndsEvent()
    {
        ReadOnlySpan<byte> text = line.Span;
        if (text.IsEmpty) return Dispatch();
        int colon = text.IndexOf((byte)':');
        ReadOnlySpan<byte> field = colon < 0 ? text : text[..colon];
        ReadOnlySpan<byte> value = colon < 0 ? default : text[(colon + 1)..];
        if (value.StartsWith(" "u8)) value = value[1..];
        Field(field, value);
        line.Clear();
        return false;
    }

    // §9.2.6 "process the field"; names are compared exactly, an unknown one is ignored.
    void Field(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value)
    {
        if (field.SequenceEqual("event"u8)) name.Set(value);
        else if (field.SequenceEqual("data"u8)) AppendData(value);
        else if (field.SequenceEqual("id"u8) && !value.Contains((byte)0)) idBuffer.Set(value);
        else if (field.SequenceEqual("retry"u8) && TryReadDigits(value, out long retry)) RetryMilliseconds = retry;
    }

    void AppendData(ReadOnlySpan<byte> value)
    {
        if (data.Length + (long)value.Length > maxEventBytes) fault = SseFault.EventTooLarge;
        else data.Append(value, (byte)'\n');
    }

    // §9.2.6 "dispatch the event": the id is taken over in any case; without a data field there is no event.
    bool Dispatch()
    {
        id.Set(idBuffer.Span);
        if (data.Length == 0)
        {
            name.Clear();
            return false;
        }
        data.RemoveLast();
        return isDelivered = true;
    }

    void ForgetEvent()
    {
        data.Clear();
        name.Clear();
        isDelivered = false;
    }

    // §9.2.6 "consists of only ASCII digits". More than a long can hold is as good as for ever.
    static bool TryReadDigits(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit)) return false;
            value = value > (long.MaxValue - 9) / 10 ? long.MaxValue : value * 10 + (digit - '0');
        }
        return digits.Length > 0;
    }
}
