namespace RawHttp.Wire;

/// <summary>
/// The head of a response, client role. It owns a copy of the bytes and is reused: its spans are valid until the next head is read into it.
/// Not thread-safe.
/// </summary>
public sealed class ResponseHead
{
    Piece reason;

    /// <summary>The version of the message.</summary>
    public HttpVersion Version { get; private set; }

    /// <summary>The status code, 100 to 599. RFC 9110 §15.</summary>
    public int Status { get; private set; }

    /// <summary>The reason phrase; may be empty, and means nothing. RFC 9112 §4.</summary>
    public ReadOnlySpan<byte> Reason => reason.Of(Fields.Block);

    /// <summary>The field lines.</summary>
    public FieldLines Fields { get; } = new();

    /// <summary>Whether the connection may carry another request. RFC 9112 §9.3.</summary>
    public bool KeepsAlive => !Fields.ListContains("connection"u8, "close"u8)
        && (Version == HttpVersion.Http11 || Fields.ListContains("connection"u8, "keep-alive"u8));

    internal void Clear()
    {
        Fields.Clear();
        (Version, Status, reason) = (HttpVersion.Http10, 0, default);
    }

    // RFC 9112 §4: status-line = HTTP-version SP status-code SP [ reason-phrase ]
    internal HttpFault ReadStatusLine(ReadOnlySpan<byte> line)
    {
        if (line.Length < 13 || line[8] != ' ' || line[12] != ' ') return HttpFault.BadStatusLine;
        HttpFault fault = HttpVersions.Read(line[..8], out HttpVersion version);
        if (fault != HttpFault.None) return fault;
        ReadOnlySpan<byte> digits = line[9..12];
        if (digits.ContainsAnyExcept(HttpGrammar.Digits) || digits[0] is < (byte)'1' or > (byte)'5') return HttpFault.BadStatusLine;
        if (line[13..].ContainsAnyExcept(HttpGrammar.ReasonCharacters)) return HttpFault.BadStatusLine;
        (Version, Status) = (version, (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + digits[2] - '0');
        reason = new(13, line.Length - 13);
        return HttpFault.None;
    }
}
