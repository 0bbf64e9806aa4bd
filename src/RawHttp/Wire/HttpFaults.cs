namespace RawHttp.Wire;

/// <summary>The one map from a broken rule to what is answered.</summary>
public static class HttpFaults
{
    const bool Close = true, Keep = false;

    /// <summary>The status code of the answer. RFC 9110 §15.</summary>
    /// <param name="fault">A rule, not <see cref="HttpFault.None"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not in the map.</exception>
    public static int StatusOf(HttpFault fault) => Of(fault).Status;

    /// <summary>The rule's stable name, in kebab-case: <c>bad-field-name</c>. Clients may rely on it.</summary>
    /// <param name="fault">A rule, not <see cref="HttpFault.None"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not in the map.</exception>
    public static string CodeOf(HttpFault fault) => Of(fault).Code;

    /// <summary>One sentence for people: what the rule is and where it is written. Holds nothing of the request.</summary>
    /// <param name="fault">A rule, not <see cref="HttpFault.None"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not in the map.</exception>
    public static string DetailOf(HttpFault fault) => Of(fault).Detail;

    /// <summary>Whether the connection ends after the answer, because where the next message begins is in doubt or was never read.</summary>
    /// <param name="fault">A rule, not <see cref="HttpFault.None"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not in the map.</exception>
    public static bool Closes(HttpFault fault) => Of(fault).Closes;

    readonly record struct Answer(int Status, string Code, bool Closes, string Detail);

    // Longer than a method should be: it is a table, and splitting it would make two places.
    static Answer Of(HttpFault fault) => fault switch
    {
        HttpFault.TooManyEmptyLines => new(400, "too-many-empty-lines", Close, "Too many empty lines before the request line (RFC 9112 §2.2)."),
        HttpFault.BareLineFeed => new(400, "bare-line-feed", Close, "A line ends with CRLF, not with LF alone (RFC 9112 §2.2)."),
        HttpFault.BareCarriageReturn => new(400, "bare-carriage-return", Close, "A CR must be followed by LF (RFC 9112 §2.2)."),
        HttpFault.BadRequestLine => new(400, "bad-request-line", Close, "A request line is method, one space, target, one space, version (RFC 9112 §3)."),
        HttpFault.BadMethod => new(400, "bad-method", Close, "A method is a token (RFC 9110 §9.1)."),
        HttpFault.MethodTooLong => new(501, "method-too-long", Close, "The method is longer than any this server knows (RFC 9112 §3)."),
        HttpFault.BadVersion => new(400, "bad-version", Close, "The version is HTTP/ digit point digit (RFC 9112 §2.3)."),
        HttpFault.UnsupportedVersion => new(505, "unsupported-version", Close, "This server speaks HTTP/1.1 and HTTP/1.0 (RFC 9110 §15.6.6)."),
        HttpFault.TargetTooLong => new(414, "target-too-long", Close, "The request line is too long (RFC 9110 §15.5.15)."),
        HttpFault.BadTarget => new(400, "bad-target", Close, "The request target is not a valid one (RFC 9112 §3.2)."),
        HttpFault.TargetHasFragment => new(400, "target-has-fragment", Close, "A request target has no fragment (RFC 9110 §7.1)."),
        HttpFault.TargetFormNotAllowed => new(400, "target-form-not-allowed", Close, "host:port belongs to CONNECT and * to OPTIONS (RFC 9112 §3.2)."),
        HttpFault.BadEscape => new(400, "bad-escape", Close, "A percent sign is followed by two hexadecimal digits (RFC 3986 §2.1)."),
        HttpFault.EscapedControl => new(400, "escaped-control", Close, "No escape in a path stands for a control character (RFC 3986 §7.3)."),
        HttpFault.BadFieldName => new(400, "bad-field-name", Close, "A field name is a token (RFC 9110 §5.1)."),
        HttpFault.FieldWithoutColon => new(400, "field-without-colon", Close, "A field line has a colon after its name (RFC 9112 §5)."),
        HttpFault.SpaceBeforeColon => new(400, "space-before-colon", Close, "No white space stands between a field name and its colon (RFC 9112 §5.1)."),
        HttpFault.FoldedField => new(400, "folded-field", Close, "A field line does not begin with white space (RFC 9112 §5.2)."),
        HttpFault.BadFieldValue => new(400, "bad-field-value", Close, "A field value holds no control characters (RFC 9110 §5.5)."),
        HttpFault.FramingLookalike => new(400, "framing-lookalike", Close, "A field name with an underscore that a gateway takes for one that frames (RFC 3875 §4.1.18)."),
        HttpFault.FieldsTooLarge => new(431, "fields-too-large", Close, "The header section is too large (RFC 6585 §5)."),
        HttpFault.TooManyFields => new(431, "too-many-fields", Close, "The header section has too many fields (RFC 6585 §5)."),
        HttpFault.HostMissing => new(400, "host-missing", Close, "An HTTP/1.1 request has a Host field (RFC 9112 §3.2)."),
        HttpFault.HostRepeated => new(400, "host-repeated", Close, "A request has one Host field only (RFC 9112 §3.2)."),
        HttpFault.BadHost => new(400, "bad-host", Close, "The Host field is a host, perhaps with a port (RFC 9112 §3.2)."),
        HttpFault.SchemeNotServedHere => new(421, "scheme-not-served-here", Close, "A target of the scheme https belongs on a connection with TLS (RFC 9110 §7.4)."),
        HttpFault.TwoBodyLengths => new(400, "two-body-lengths", Close, "Content-Length and Transfer-Encoding exclude each other (RFC 9112 §6.3)."),
        HttpFault.TransferCodingInHttp10 => new(400, "transfer-coding-in-http10", Close, "HTTP/1.0 has no Transfer-Encoding (RFC 9112 §6.1)."),
        HttpFault.BadTransferCoding => new(400, "bad-transfer-coding", Close, "chunked is the last transfer coding, once and without parameters (RFC 9112 §6.3)."),
        HttpFault.UnknownTransferCoding => new(501, "unknown-transfer-coding", Close, "chunked is the only transfer coding this server knows (RFC 9112 §6.1)."),
        HttpFault.BadContentLength => new(400, "bad-content-length", Close, "Content-Length is a decimal number without sign or leading zeros (RFC 9110 §8.6)."),
        HttpFault.ContentLengthRepeated => new(400, "content-length-repeated", Close, "Content-Length stands once (RFC 9110 §8.6)."),
        HttpFault.ContentTypeRepeated => new(400, "content-type-repeated", Close, "Content-Type stands once (RFC 9110 §8.3)."),
        HttpFault.UnknownExpectation => new(417, "unknown-expectation", Close, "100-continue is the only expectation (RFC 9110 §10.1.1)."),
        HttpFault.BodyTooLarge => new(413, "body-too-large", Close, "The content is too large (RFC 9110 §15.5.14)."),
        HttpFault.BodyIncomplete => new(400, "body-incomplete", Close, "The connection ended before the content did (RFC 9112 §8)."),
        HttpFault.BadChunkSize => new(400, "bad-chunk-size", Close, "A chunk begins with 1 to 16 hexadecimal digits (RFC 9112 §7.1)."),
        HttpFault.ChunkSizeTooLarge => new(413, "chunk-size-too-large", Close, "The chunk is larger than can be counted (RFC 9112 §7.1)."),
        HttpFault.BadChunkExtension => new(400, "bad-chunk-extension", Close, "A chunk extension is ;name or ;name=value (RFC 9112 §7.1.1)."),
        HttpFault.ChunkLineTooLong => new(400, "chunk-line-too-long", Close, "The chunk's extensions are too long (RFC 9112 §7.1.1)."),
        HttpFault.ChunkOverheadTooLarge => new(400, "chunk-overhead-too-large", Close, "The chunks carry too little for their framing (RFC 9112 §7.1.1)."),
        HttpFault.BadChunkEnd => new(400, "bad-chunk-end", Close, "A chunk's data is followed by CRLF (RFC 9112 §7.1)."),
        HttpFault.TrailersTooLarge => new(431, "trailers-too-large", Close, "The trailer section is too large (RFC 9112 §7.1.2)."),
        HttpFault.ForbiddenTrailer => new(400, "forbidden-trailer", Close, "This field is not allowed as a trailer (RFC 9110 §6.5.1)."),
        HttpFault.BadStatusLine => new(502, "bad-status-line", Close, "A status line is version, one space, three digits, one space (RFC 9112 §4)."),
        HttpFault.AnswerIncomplete => new(502, "answer-incomplete", Close, "The connection ended within the head of the answer (RFC 9112 §8)."),
        HttpFault.UnaskedAnswer => new(502, "unasked-answer", Close, "Bytes came that answer no request (RFC 9112 §9.2)."),
        HttpFault.TooManyInterimAnswers => new(502, "too-many-interim-answers", Close, "Too many 1xx answers came before the final one (RFC 9110 §15.2)."),
        HttpFault.UnaskedUpgrade => new(502, "unasked-upgrade", Close, "The server switched to a protocol that the request did not ask for (RFC 9110 §7.8)."),
        HttpFault.EndNotAuthentic => new(502, "end-not-authentic", Close, "The TLS connection ended without close_notify, so the content may have been cut short (RFC 9112 §9.8)."),
        HttpFault.HeadTooSlow => new(408, "head-too-slow", Close, "The request did not arrive in time (RFC 9110 §15.5.9)."),
        HttpFault.BodyTooSlow => new(408, "body-too-slow", Close, "The content arrives too slowly (RFC 9110 §15.5.9)."),
        HttpFault.UpgradeNeedsGet => new(400, "upgrade-needs-get", Keep, "A WebSocket begins with a GET request of HTTP/1.1 (RFC 6455 §4.2.1)."),
        HttpFault.UpgradeRequired => new(426, "upgrade-required", Keep, "This resource speaks WebSocket only (RFC 6455 §4.2.1)."),
        HttpFault.UpgradeWithBody => new(400, "upgrade-with-body", Close, "A WebSocket handshake has no content (RFC 6455 §4.1)."),
        HttpFault.BadWebSocketKey => new(400, "bad-websocket-key", Keep, "Sec-WebSocket-Key is base64 of 16 bytes, and stands once (RFC 6455 §4.2.1)."),
        HttpFault.UnsupportedWebSocketVersion => new(426, "unsupported-websocket-version", Keep, "This server speaks WebSocket version 13 (RFC 6455 §4.4)."),
        HttpFault.BadSubprotocol => new(400, "bad-subprotocol", Keep, "Sec-WebSocket-Protocol is a list of different tokens (RFC 6455 §4.1)."),
        HttpFault.BadExtensionOffer => new(400, "bad-extension-offer", Keep, "Sec-WebSocket-Extensions breaks its grammar (RFC 6455 §9.1)."),
        HttpFault.PathHasEncodedSlash => new(404, "path-has-encoded-slash", Keep, "An encoded slash is in no file's name (RFC 3986 §2.2)."),
        HttpFault.PathHasBackslash => new(404, "path-has-backslash", Keep, "A backslash is in no file's name (RFC 9110 §17.3)."),
        HttpFault.PathNotUtf8 => new(404, "path-not-utf8", Keep, "The decoded path is UTF-8 (RFC 3629 §3)."),
        HttpFault.PathHasEmptySegment => new(404, "path-has-empty-segment", Keep, "A file's path has no empty segment (RFC 9110 §17.3)."),
        HttpFault.PathHasDotSegment => new(404, "path-has-dot-segment", Keep, "Dot segments are not followed (RFC 3986 §3.3)."),
        HttpFault.PathIsHidden => new(404, "path-is-hidden", Keep, "Names that begin with a dot are not served (RFC 9110 §17.3)."),
        HttpFault.PathNotPortable => new(404, "path-not-portable", Keep, "The name means another file on some systems (RFC 9110 §17.3)."),
        HttpFault.PreconditionFailed => new(412, "precondition-failed", Keep, "A condition of the request does not hold (RFC 9110 §15.5.13)."),
        HttpFault.RangeNotSatisfiable => new(416, "range-not-satisfiable", Keep, "No range overlaps the content; see Content-Range (RFC 9110 §15.5.17)."),
        HttpFault.OriginRefused => new(403, "origin-refused", Keep, "Pages of this origin may not do this (RFC 6455 §4.2.2)."),
        HttpFault.NotFound => new(404, "not-found", Keep, "There is nothing at this path (RFC 9110 §15.5.5)."),
        HttpFault.MethodNotAllowed => new(405, "method-not-allowed", Keep, "This resource does not know the method; see Allow (RFC 9110 §15.5.6)."),
        HttpFault.MethodNotImplemented => new(501, "method-not-implemented", Keep, "This server implements no such method (RFC 9110 §9.1)."),
        HttpFault.LengthRequired => new(411, "length-required", Keep, "Say how long the content is, with Content-Length (0 for none) or in chunks (RFC 9110 §15.5.12)."),
        HttpFault.UnsupportedContentCoding => new(415, "unsupported-content-coding", Keep, "Send the content without Content-Encoding (RFC 9110 §8.4)."),
        HttpFault.PlainHttpOnTlsPort => new(400, "plain-http-on-tls-port", Close, "This port speaks TLS: use https instead of http, or wss instead of ws (RFC 9110 §4.2.2)."),
        HttpFault.ServerFailed => new(500, "server-failed", Close, "The server failed on this request (RFC 9110 §15.6.1)."),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No rule of this name."),
    };
}
