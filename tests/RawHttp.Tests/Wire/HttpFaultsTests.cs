using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class HttpFaultsTests
{
    /// <summary>Clients rely on these: a row changes only with a new version of the contract.</summary>
    public static TheoryData<HttpFault, int, string, bool> Answers => new()
    {
        // fault                                   status  code                             closes
        { HttpFault.TooManyEmptyLines,             400, "too-many-empty-lines",             true },
        { HttpFault.BareLineFeed,                  400, "bare-line-feed",                   true },
        { HttpFault.BareCarriageReturn,            400, "bare-carriage-return",             true },
        { HttpFault.BadRequestLine,                400, "bad-request-line",                 true },
        { HttpFault.BadMethod,                     400, "bad-method",                       true },
        { HttpFault.MethodTooLong,                 501, "method-too-long",                  true },
        { HttpFault.BadVersion,                    400, "bad-version",                      true },
        { HttpFault.UnsupportedVersion,            505, "unsupported-version",              true },
        { HttpFault.TargetTooLong,                 414, "target-too-long",                  true },
        { HttpFault.BadTarget,                     400, "bad-target",                       true },
        { HttpFault.TargetHasFragment,             400, "target-has-fragment",              true },
        { HttpFault.TargetFormNotAllowed,          400, "target-form-not-allowed",          true },
        { HttpFault.BadEscape,                     400, "bad-escape",                       true },
        { HttpFault.EscapedControl,                400, "escaped-control",                  true },
        { HttpFault.FramingLookalike,              400, "framing-lookalike",                true },
        { HttpFault.ContentTypeRepeated,           400, "content-type-repeated",            true },
        { HttpFault.BadFieldName,                  400, "bad-field-name",                   true },
        { HttpFault.FieldWithoutColon,             400, "field-without-colon",              true },
        { HttpFault.SpaceBeforeColon,              400, "space-before-colon",               true },
        { HttpFault.FoldedField,                   400, "folded-field",                     true },
        { HttpFault.BadFieldValue,                 400, "bad-field-value",                  true },
        { HttpFault.FieldsTooLarge,                431, "fields-too-large",                 true },
        { HttpFault.TooManyFields,                 431, "too-many-fields",                  true },
        { HttpFault.HostMissing,                   400, "host-missing",                     true },
        { HttpFault.HostRepeated,                  400, "host-repeated",                    true },
        { HttpFault.BadHost,                       400, "bad-host",                         true },
        { HttpFault.SchemeNotServedHere,           421, "scheme-not-served-here",           true },
        { HttpFault.TwoBodyLengths,                400, "two-body-lengths",                 true },
        { HttpFault.TransferCodingInHttp10,        400, "transfer-coding-in-http10",        true },
        { HttpFault.BadTransferCoding,             400, "bad-transfer-coding",              true },
        { HttpFault.UnknownTransferCoding,         501, "unknown-transfer-coding",          true },
        { HttpFault.BadContentLength,              400, "bad-content-length",               true },
        { HttpFault.ContentLengthRepeated,         400, "content-length-repeated",          true },
        { HttpFault.UnknownExpectation,            417, "unknown-expectation",              true },
        { HttpFault.BodyTooLarge,                  413, "body-too-large",                   true },
        { HttpFault.BodyIncomplete,                400, "body-incomplete",                  true },
        { HttpFault.BadChunkSize,                  400, "bad-chunk-size",                   true },
        { HttpFault.ChunkSizeTooLarge,             413, "chunk-size-too-large",             true },
        { HttpFault.BadChunkExtension,             400, "bad-chunk-extension",              true },
        { HttpFault.ChunkLineTooLong,              400, "chunk-line-too-long",              true },
        { HttpFault.ChunkOverheadTooLarge,         400, "chunk-overhead-too-large",         true },
        { HttpFault.BadChunkEnd,                   400, "bad-chunk-end",                    true },
        { HttpFault.TrailersTooLarge,              431, "trailers-too-large",               true },
        { HttpFault.ForbiddenTrailer,              400, "forbidden-trailer",                true },
        { HttpFault.BadStatusLine,                 502, "bad-status-line",                  true },
        { HttpFault.AnswerIncomplete,              502, "answer-incomplete",                true },
        { HttpFault.UnaskedAnswer,                 502, "unasked-answer",                   true },
        { HttpFault.TooManyInterimAnswers,         502, "too-many-interim-answers",         true },
        { HttpFault.UnaskedUpgrade,                502, "unasked-upgrade",                  true },
        { HttpFault.EndNotAuthentic,               502, "end-not-authentic",                true },
        { HttpFault.HeadTooSlow,                   408, "head-too-slow",                    true },
        { HttpFault.BodyTooSlow,                   408, "body-too-slow",                    true },
        { HttpFault.UpgradeNeedsGet,               400, "upgrade-needs-get",                false },
        { HttpFault.UpgradeRequired,               426, "upgrade-required",                 false },
        { HttpFault.UpgradeWithBody,               400, "upgrade-with-body",                true },
        { HttpFault.BadWebSocketKey,               400, "bad-websocket-key",                false },
        { HttpFault.UnsupportedWebSocketVersion,   426, "unsupported-websocket-version",    false },
        { HttpFault.BadSubprotocol,                400, "bad-subprotocol",                  false },
        { HttpFault.BadExtensionOffer,             400, "bad-extension-offer",              false },
        { HttpFault.PathHasEncodedSlash,           404, "path-has-encoded-slash",         false },
        { HttpFault.PathHasBackslash,              404, "path-has-backslash",             false },
        { HttpFault.PathNotUtf8,                   404, "path-not-utf8",                  false },
        { HttpFault.PathHasEmptySegment,           404, "path-has-empty-segment",         false },
        { HttpFault.PathHasDotSegment,             404, "path-has-dot-segment",           false },
        { HttpFault.PathIsHidden,                  404, "path-is-hidden",                 false },
        { HttpFault.PathNotPortable,               404, "path-not-portable",              false },
        { HttpFault.PreconditionFailed,            412, "precondition-failed",            false },
        { HttpFault.RangeNotSatisfiable,           416, "range-not-satisfiable",          false },
        { HttpFault.OriginRefused,                 403, "origin-refused",                   false },
        { HttpFault.NotFound,                      404, "not-found",                        false },
        { HttpFault.MethodNotAllowed,              405, "method-not-allowed",               false },
        { HttpFault.MethodNotImplemented,          501, "method-not-implemented",           false },
        { HttpFault.LengthRequired,                411, "length-required",                  false },
        { HttpFault.UnsupportedContentCoding,      415, "unsupported-content-coding",       false },
        { HttpFault.PlainHttpOnTlsPort,            400, "plain-http-on-tls-port",           true },
        { HttpFault.ServerFailed,                  500, "server-failed",                    true },
    };

    [Theory, MemberData(nameof(Answers))]
    public void Each_rule_has_its_answer(HttpFault fault, int status, string code, bool closes)
    {
        Assert.Equal((status, code, closes), (HttpFaults.StatusOf(fault), HttpFaults.CodeOf(fault), HttpFaults.Closes(fault)));
        Assert.Matches(@"^[^.].*\(RFC \d{4} §[\d.]+\)\.$", HttpFaults.DetailOf(fault));
    }

    [Fact]
    public void Every_rule_has_a_row_and_a_code_of_its_own()
    {
        HttpFault[] rules = [.. Enum.GetValues<HttpFault>().Where(f => f != HttpFault.None)];
        Assert.Equal(rules.Select(r => r.ToString()).Order(), Answers.Select(row => row[0].ToString()).Order());
        Assert.Equal(rules.Length, rules.Select(HttpFaults.CodeOf).Distinct().Count());
    }

    [Fact]
    public void Nothing_is_no_rule() => Assert.Throws<ArgumentOutOfRangeException>(() => HttpFaults.StatusOf(HttpFault.None));
}
