using System.Buffers;
using System.Buffers.Text;

namespace RawSse.Wire;

/// <summary>Writes an event stream. HTML §9.2.5: lines of <c>field: value</c>, an empty line after each event.</summary>
/// <remarks>It refuses what would break out of its line; the length can be known before, exactly.</remarks>
public static class EventWriter
{
    /// <summary>A comment line and the empty line that ends it: keeps an idle stream alive and is nothing to the reader (HTML §9.2.7).</summary>
    public static ReadOnlySpan<byte> KeepAlive => ":\n\n"u8;

    /// <summary>Bytes of the longest retry block: <c>retry: 2147483647</c> and two line ends.</summary>
    public const int MaxRetryLength = 19;

    /// <summary>Bytes that <see cref="WriteId"/> writes besides the id.</summary>
    public const int IdBlockBytes = 6;

    /// <summary>Bytes that <see cref="Write(in OutgoingEvent, Span{byte})"/> writes, exactly.</summary>
    /// <exception cref="ArgumentException">The name or id holds CR, LF or NUL.</exception>
    public static int LengthOf(in OutgoingEvent outgoing)
    {
        ThrowIfBreaking(outgoing);
        long length = "\n"u8.Length;
        if (outgoing.HasId) length += "id: \n"u8.Length + outgoing.Id.Length;
        if (outgoing.Name.Length > 0) length += "event: \n"u8.Length + outgoing.Name.Length;
        return checked((int)(length + LengthOfData(outgoing)));
    }

    /// <summary>Writes the event and returns its length.</summary>
    /// <param name="outgoing">The event.</param>
    /// <param name="into">At least <see cref="LengthOf"/> bytes.</param>
    /// <exception cref="ArgumentException">The name or id holds CR, LF or NUL, or <paramref name="into"/> is too short.</exception>
    public static int Write(in OutgoingEvent outgoing, Span<byte> into)
    {
        ThrowIfBreaking(outgoing);
        int at = 0;
        if (outgoing.HasId) Line("id: "u8, outgoing.Id, into, ref at);
        if (outgoing.Name.Length > 0) Line("event: "u8, outgoing.Name, into, ref at);
        if (outgoing.IsBase64) Base64Line(outgoing.Data, into, ref at);
        else TextLines(outgoing.Data, into, ref at);
        Put("\n"u8, into, ref at);
        return at;
    }

    /// <summary>Writes the event to a growing buffer.</summary>
    /// <exception cref="ArgumentException">The name or id holds CR, LF or NUL.</exception>
    public static void Write(in OutgoingEvent outgoing, IBufferWriter<byte> into) =>
        into.Advance(Write(outgoing, into.GetSpan(LengthOf(outgoing))));

    /// <summary>Writes how long the reader is to wait before it comes back, and returns the length.</summary>
    /// <param name="milliseconds">Not negative: the reader ignores what is not digits only.</param>
    /// <param name="into">At least <see cref="MaxRetryLength"/> bytes.</param>
    public static int WriteRetry(int milliseconds, Span<byte> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(milliseconds);
        int at = 0;
        Put("retry: "u8, into, ref at);
        Utf8Formatter.TryFormat(milliseconds, into[at..], out int digits);
        at += digits;
        Put("\n\n"u8, into, ref at);
        return at;
    }

    /// <summary>Writes a comment, which readers ignore, and returns its length: three bytes more than its own.</summary>
    /// <exception cref="ArgumentException">The comment holds CR, LF or NUL.</exception>
    public static int WriteComment(ReadOnlySpan<byte> comment, Span<byte> into)
    {
        if (!LastEventId.IsValid(comment)) throw new ArgumentException("A comment is one line: no CR, LF or NUL.", nameof(comment));
        int at = 0;
        Line(":"u8, comment, into, ref at);
        Put("\n"u8, into, ref at);
        return at;
    }

    /// <summary>
    /// Writes an id with no event, and returns its length: the reader remembers the id and dispatches nothing (HTML §9.2.6, "dispatch the event",
    /// steps 1 and 2). It tells how far the stream has come where there was nothing to send.
    /// </summary>
    /// <param name="id">The id as UTF-8; an empty one makes the reader forget the last.</param>
    /// <param name="into">At least <see cref="IdBlockBytes"/> more than the id has.</param>
    /// <exception cref="ArgumentException">The id holds CR, LF or NUL, or <paramref name="into"/> is too short.</exception>
    public static int WriteId(ReadOnlySpan<byte> id, Span<byte> into)
    {
        if (!LastEventId.IsValid(id)) throw new ArgumentException("An id is one line: no CR, LF or NUL.", nameof(id));
        int at = 0;
        Line("id: "u8, id, into, ref at);
        Put("\n"u8, into, ref at);
        return at;
    }

    static void ThrowIfBreaking(in OutgoingEvent outgoing)
    {
        if (!LastEventId.IsValid(outgoing.Id) || !LastEventId.IsValid(outgoing.Name))
            throw new ArgumentException("An event's name and id are one line each: no CR, LF or NUL.", nameof(outgoing));
    }

    static long LengthOfData(in OutgoingEvent outgoing)
    {
        if (outgoing.IsBase64) return "data: \n"u8.Length + (long)Base64.GetMaxEncodedToUtf8Length(outgoing.Data.Length);
        long length = 0;
        DataLines lines = new(outgoing.Data);
        while (lines.MoveNext()) length += "data: \n"u8.Length + lines.Current.Length;
        return length;
    }

    static void TextLines(ReadOnlySpan<byte> data, Span<byte> into, ref int at)
    {
        DataLines lines = new(data);
        while (lines.MoveNext()) Line("data: "u8, lines.Current, into, ref at);
    }

    static void Base64Line(ReadOnlySpan<byte> data, Span<byte> into, ref int at)
    {
        Put("data: "u8, into, ref at);
        if (Base64.EncodeToUtf8(data, into[at..], out _, out int written) != OperationStatus.Done) throw new ArgumentException("Too short.", nameof(into));
        at += written;
        Put("\n"u8, into, ref at);
    }

    // The space after the colon is always written: the reader takes one away, and it may be the data's own.
    static void Line(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value, Span<byte> into, ref int at)
    {
        Put(field, into, ref at);
        Put(value, into, ref at);
        Put("\n"u8, into, ref at);
    }

    static void Put(ReadOnlySpan<byte> bytes, Span<byte> into, ref int at)
    {
        bytes.CopyTo(into[at..]);
        at += bytes.Length;
    }
}
