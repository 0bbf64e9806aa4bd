namespace RawHttp.Wire;

/// <summary>
/// Every reason to refuse a message. The order is the order in which a message is read.
/// Status, code and wording stand in one place, <see cref="HttpFaults"/>.
/// </summary>
public enum HttpFault : byte
{
    /// <summary>Nothing is wrong.</summary>
    None,

    // Lines

    /// <summary>RFC 9112 §2.2: at least one empty line before a request line may be ignored; we ignore a few, not a flood.</summary>
    TooManyEmptyLines,

    /// <summary>RFC 9112 §2.2: a line ends with CRLF. A recipient may take a bare LF; we do not, since that is how requests are smuggled.</summary>
    BareLineFeed,

    /// <summary>RFC 9112 §2.2: a CR that is not followed by LF is invalid.</summary>
    BareCarriageReturn,

    // Request line

    /// <summary>RFC 9112 §3: method, one space, target, one space, version; nothing more, nothing less.</summary>
    BadRequestLine,

    /// <summary>RFC 9110 §9.1: the method is a token.</summary>
    BadMethod,

    /// <summary>RFC 9112 §3: a method longer than any that is implemented is answered with 501.</summary>
    MethodTooLong,

    /// <summary>RFC 9112 §2.3: HTTP-version is <c>HTTP/</c>, a digit, a point, a digit, in capitals.</summary>
    BadVersion,

    /// <summary>RFC 9110 §15.6.6: a major version other than 1. A minor version above 1 is read as 1 (§2.5).</summary>
    UnsupportedVersion,

    /// <summary>RFC 9112 §3: a request-target longer than the server will parse is answered with 414.</summary>
    TargetTooLong,

    /// <summary>RFC 9112 §3.2: the target has none of the four forms, or holds a character that no form allows.</summary>
    BadTarget,

    /// <summary>RFC 9110 §7.1: the fragment of a reference is not sent.</summary>
    TargetHasFragment,

    /// <summary>RFC 9112 §3.2.3 and §3.2.4: <c>host:port</c> goes with CONNECT and only with it, <c>*</c> with OPTIONS.</summary>
    TargetFormNotAllowed,

    /// <summary>RFC 3986 §2.1: a percent sign is followed by two hexadecimal digits.</summary>
    BadEscape,

    /// <summary>RFC 3986 §7.3: an escape in the path stands for a control character, which no name of ours holds and decoders fall for.</summary>
    EscapedControl,

    // Fields

    /// <summary>RFC 9110 §5.1: a field name is a token.</summary>
    BadFieldName,

    /// <summary>RFC 9112 §5: a field line has a colon after its name.</summary>
    FieldWithoutColon,

    /// <summary>RFC 9112 §5.1: no white space between field name and colon.</summary>
    SpaceBeforeColon,

    /// <summary>RFC 9112 §5.2 and §2.2: no line folding, and no white space before the first field.</summary>
    FoldedField,

    /// <summary>RFC 9110 §5.5: a field value holds visible characters, spaces and tabs only.</summary>
    BadFieldValue,

    /// <summary>RFC 3875 §4.1.18: a gateway that turns names into variables would take <c>Content_Length</c> for the field that frames.</summary>
    FramingLookalike,

    /// <summary>RFC 6585 §5: the head is larger than the server will take.</summary>
    FieldsTooLarge,

    /// <summary>RFC 6585 §5: the head has more fields than the server will take.</summary>
    TooManyFields,

    // Host

    /// <summary>RFC 9112 §3.2: an HTTP/1.1 request has a Host field.</summary>
    HostMissing,

    /// <summary>RFC 9112 §3.2: a request has no more than one Host field line.</summary>
    HostRepeated,

    /// <summary>RFC 9112 §3.2: the Host field's value is a host, perhaps with a port.</summary>
    BadHost,

    /// <summary>RFC 9110 §7.4: a request for an https resource comes over TLS, or it was not meant for this connection.</summary>
    SchemeNotServedHere,

    // Body framing

    /// <summary>RFC 9112 §6.3: Content-Length beside Transfer-Encoding ought to be handled as an error.</summary>
    TwoBodyLengths,

    /// <summary>RFC 9112 §6.1: Transfer-Encoding in an HTTP/1.0 message is faulty framing.</summary>
    TransferCodingInHttp10,

    /// <summary>RFC 9112 §6.3: chunked is the last transfer coding; §7: it stands once and has no parameters.</summary>
    BadTransferCoding,

    /// <summary>RFC 9112 §6.1: a transfer coding the server does not understand is answered with 501.</summary>
    UnknownTransferCoding,

    /// <summary>RFC 9110 §8.6: Content-Length is digits only, and not more than can be counted.</summary>
    BadContentLength,

    /// <summary>RFC 9110 §8.6: a repeated Content-Length may be refused; we do, even when the values are equal.</summary>
    ContentLengthRepeated,

    /// <summary>RFC 9110 §8.3: Content-Type stands once; of two, every reader picks another.</summary>
    ContentTypeRepeated,

    /// <summary>RFC 9110 §10.1.1: an expectation other than 100-continue may be answered with 417.</summary>
    UnknownExpectation,

    // Body

    /// <summary>RFC 9110 §15.5.14: the content is larger than the server will take.</summary>
    BodyTooLarge,

    /// <summary>RFC 9112 §8: the connection ended before the message did.</summary>
    BodyIncomplete,

    /// <summary>RFC 9112 §7.1: chunk-size is hexadecimal digits only; we take 16 at most.</summary>
    BadChunkSize,

    /// <summary>RFC 9112 §7.1: a recipient guards against chunk sizes that it cannot count.</summary>
    ChunkSizeTooLarge,

    /// <summary>RFC 9112 §7.1.1: a chunk extension is <c>;name</c> or <c>;name=value</c>.</summary>
    BadChunkExtension,

    /// <summary>RFC 9112 §7.1.1: the length of chunk extensions is limited; here those of one chunk.</summary>
    ChunkLineTooLong,

    /// <summary>RFC 9112 §7.1.1: the total length of chunk extensions is limited; here that of a whole body, framing included.</summary>
    ChunkOverheadTooLarge,

    /// <summary>RFC 9112 §7.1: the data of a chunk is followed by CRLF.</summary>
    BadChunkEnd,

    /// <summary>RFC 9112 §7.1.2: the trailer section is larger than the server will take.</summary>
    TrailersTooLarge,

    /// <summary>RFC 9110 §6.5.1: a field that frames, routes or authenticates is not sent as a trailer.</summary>
    ForbiddenTrailer,

    // Response, client role

    /// <summary>RFC 9112 §4: version, one space, three digits, one space, perhaps a reason.</summary>
    BadStatusLine,

    /// <summary>RFC 9112 §8: the connection ended within the head of an answer.</summary>
    AnswerIncomplete,

    /// <summary>RFC 9112 §9.2: bytes came that answer no request; where the next answer begins is in doubt.</summary>
    UnaskedAnswer,

    /// <summary>RFC 9110 §15.2: a client reads any number of 1xx answers before the final one; we read some, not a flood.</summary>
    TooManyInterimAnswers,

    /// <summary>RFC 9110 §7.8: a server switches to a protocol that the request asked for, or to none.</summary>
    UnaskedUpgrade,

    /// <summary>RFC 9112 §9.8: content until the end of a TLS connection is complete only when close_notify came.</summary>
    EndNotAuthentic,

    // Time

    /// <summary>RFC 9110 §15.5.9: the head did not arrive in time.</summary>
    HeadTooSlow,

    /// <summary>RFC 9110 §15.5.9: the body arrives slower than the least rate.</summary>
    BodyTooSlow,

    // Upgrade

    /// <summary>RFC 6455 §4.2.1: the opening handshake is a GET request of HTTP/1.1 or higher.</summary>
    UpgradeNeedsGet,

    /// <summary>RFC 9110 §15.5.22: the resource needs an upgrade that the request does not ask for.</summary>
    UpgradeRequired,

    /// <summary>RFC 6455 §4.1: the opening handshake has no content.</summary>
    UpgradeWithBody,

    /// <summary>RFC 6455 §4.2.1: one Sec-WebSocket-Key, base64 of 16 bytes.</summary>
    BadWebSocketKey,

    /// <summary>RFC 6455 §4.4: a version other than 13 is answered with 426 and the version we speak.</summary>
    UnsupportedWebSocketVersion,

    /// <summary>RFC 6455 §4.1: Sec-WebSocket-Protocol is a list of tokens, none of them twice.</summary>
    BadSubprotocol,

    /// <summary>RFC 6455 §9.1: Sec-WebSocket-Extensions follows its grammar.</summary>
    BadExtensionOffer,

    // Files

    /// <summary>RFC 3986 §2.2: an encoded slash is not a slash, and no file has one in its name.</summary>
    PathHasEncodedSlash,

    /// <summary>RFC 9110 §17.3: a backslash parts folders on some systems.</summary>
    PathHasBackslash,

    /// <summary>RFC 3629 §3: the decoded path is UTF-8, without overlong forms and surrogates.</summary>
    PathNotUtf8,

    /// <summary>RFC 9110 §17.3: <c>//</c> is another path than <c>/</c>, and not one of a file.</summary>
    PathHasEmptySegment,

    /// <summary>RFC 3986 §3.3: <c>.</c> and <c>..</c>, plain or encoded, are removed by clients; they never lead up from here.</summary>
    PathHasDotSegment,

    /// <summary>RFC 9110 §17.3: names that begin with a dot are not served.</summary>
    PathIsHidden,

    /// <summary>RFC 9110 §17.3: a name with a colon, or with a dot or space at its end, means another file on some systems.</summary>
    PathNotPortable,

    /// <summary>RFC 9110 §15.5.13: a condition of the request does not hold.</summary>
    PreconditionFailed,

    /// <summary>RFC 9110 §15.5.17: none of the ranges overlaps the content; Content-Range tells its length.</summary>
    RangeNotSatisfiable,

    // Resource

    /// <summary>RFC 6455 §4.2.2: the page's origin is not welcome here.</summary>
    OriginRefused,

    /// <summary>RFC 9110 §15.5.5: there is nothing at this path.</summary>
    NotFound,

    /// <summary>RFC 9110 §15.5.6: the resource does not know this method; Allow names those it knows.</summary>
    MethodNotAllowed,

    /// <summary>RFC 9110 §9.1: a method that the server does not know at all, or implements nowhere, is answered with 501.</summary>
    MethodNotImplemented,

    /// <summary>RFC 9110 §15.5.12: the resource wants to be told how much content comes before it takes any.</summary>
    LengthRequired,

    /// <summary>RFC 9110 §8.4: the content has a coding that the resource does not undo.</summary>
    UnsupportedContentCoding,

    /// <summary>RFC 9110 §4.2.2: where https is served, HTTP is spoken inside TLS only.</summary>
    PlainHttpOnTlsPort,

    /// <summary>RFC 9110 §15.6.1: the server failed; the client can learn nothing more.</summary>
    ServerFailed,
}
