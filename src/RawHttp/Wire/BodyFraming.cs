using System.Text;

namespace RawHttp.Wire;

/// <summary>How the end of a message's content is told.</summary>
public enum BodyKind : byte
{
    /// <summary>There is no content.</summary>
    None,

    /// <summary>Content-Length bytes.</summary>
    Fixed,

    /// <summary>Chunks. RFC 9112 §7.1.</summary>
    Chunked,

    /// <summary>Until the connection ends; responses only.</summary>
    UntilEnd,
}

/// <summary>How long a message's content is. RFC 9112 §6.3.</summary>
/// <param name="Kind">How its end is told.</param>
/// <param name="Length">Bytes of content when <paramref name="Kind"/> is Fixed, else 0.</param>
public readonly record struct BodyFraming(BodyKind Kind, long Length)
{
    /// <summary>No content.</summary>
    public static BodyFraming None => default;

    /// <summary>Content of a known length.</summary>
    /// <param name="length">How many bytes.</param>
    public static BodyFraming Fixed(long length) => new(BodyKind.Fixed, length);

    /// <summary>Content in chunks.</summary>
    public static BodyFraming Chunked => new(BodyKind.Chunked, 0);

    /// <summary>Content until the connection ends.</summary>
    public static BodyFraming UntilEnd => new(BodyKind.UntilEnd, 0);

    /// <summary>Whether bytes of content follow the head.</summary>
    public bool HasContent => Kind != BodyKind.None && (Kind != BodyKind.Fixed || Length > 0);

    /// <summary>The content of a request. RFC 9112 §6.3, its list; items 1, 2 and 8 speak of responses.</summary>
    /// <param name="fields">The request's fields.</param>
    /// <param name="version">The request's version.</param>
    /// <param name="framing">The answer.</param>
    /// <returns>None, or the rule that is broken.</returns>
    public static HttpFault OfRequest(FieldLines fields, HttpVersion version, out BodyFraming framing)
    {
        if (TryFromFields(fields, version, out framing, out HttpFault fault)) return fault; // 3. to 6.
        framing = None;                                                                     // 7. neither field: no content
        return HttpFault.None;
    }

    /// <summary>The content of a response. RFC 9112 §6.3, its list; item 7 speaks of requests.</summary>
    /// <param name="fields">The response's fields.</param>
    /// <param name="version">The response's version.</param>
    /// <param name="status">The response's status code.</param>
    /// <param name="requestMethod">The method of the request that is answered.</param>
    /// <param name="framing">The answer.</param>
    /// <returns>None, or the rule that is broken.</returns>
    public static HttpFault OfResponse(FieldLines fields, HttpVersion version, int status, HttpMethod requestMethod, out BodyFraming framing)
    {
        framing = None;
        if (requestMethod == HttpMethod.Head || status is < 200 or 204 or 304) return HttpFault.None; // 1. never any content
        if (requestMethod == HttpMethod.Connect && status < 300) return HttpFault.None;               // 2. a tunnel, not content
        if (TryFromFields(fields, version, out framing, out HttpFault fault)) return fault;           // 3. to 6.
        framing = UntilEnd;                                                                           // 8. neither field
        return HttpFault.None;
    }

    // Items 3 to 6, which are common to both; false when neither field is there.
    static bool TryFromFields(FieldLines fields, HttpVersion version, out BodyFraming framing, out HttpFault fault)
    {
        bool hasCoding = fields.Contains("transfer-encoding"u8), hasLength = fields.Contains("content-length"u8);
        framing = None;
        fault = (hasCoding, hasLength) switch
        {
            (true, true) => HttpFault.TwoBodyLengths,                          // 3. "ought to be handled as an error"
            (true, false) => ReadCoding(fields, version, out framing),         // 4. the coding decides
            (false, true) => ReadLength(fields, out framing),                  // 5. and 6. the length decides
            _ => HttpFault.None,
        };
        return hasCoding || hasLength;
    }

    // RFC 9112 §6.1, §6.3 item 4: chunked is last; we know no other coding, so it must also be the only one.
    static HttpFault ReadCoding(FieldLines fields, HttpVersion version, out BodyFraming framing)
    {
        framing = Chunked;
        if (version == HttpVersion.Http10) return HttpFault.TransferCodingInHttp10;
        bool chunked = false, unknown = false;
        foreach (ReadOnlySpan<byte> coding in new ListMembers(fields, "transfer-encoding"u8, withEmpty: true))
        {
            if (chunked || !HttpGrammar.IsToken(coding)) return HttpFault.BadTransferCoding;
            if (Ascii.EqualsIgnoreCase(coding, "chunked"u8)) chunked = true;
            else unknown = true;
        }
        return unknown ? HttpFault.UnknownTransferCoding : HttpFault.None;
    }

    // RFC 9110 §8.6: Content-Length = 1*DIGIT. A leading zero is refused too: it is octal to someone.
    static HttpFault ReadLength(FieldLines fields, out BodyFraming framing)
    {
        framing = None;
        if (!fields.TryGet("content-length"u8, out ReadOnlySpan<byte> digits)) return HttpFault.ContentLengthRepeated;
        if (digits.Length is 0 or > 19 || digits.ContainsAnyExcept(HttpGrammar.Digits)) return HttpFault.BadContentLength;
        if (digits[0] == '0' && digits.Length > 1) return HttpFault.BadContentLength;
        ulong length = 0; // 19 digits cannot overflow 64 bits
        foreach (byte digit in digits) length = length * 10 + (ulong)(digit - '0');
        if (length > long.MaxValue) return HttpFault.BadContentLength;
        framing = Fixed((long)length);
        return HttpFault.None;
    }
}
