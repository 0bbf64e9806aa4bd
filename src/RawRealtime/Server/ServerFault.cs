using RawLongPoll.Wire;

namespace RawRealtime.Server;

/// <summary>
/// Why the server itself, above HTTP and the transports, refuses a request. Each has one status, one stable code and one
/// sentence in <see cref="ServerFaults"/>; the rules are those of docs/contract.md.
/// </summary>
internal enum ServerFault : byte
{
    /// <summary>Nothing to refuse.</summary>
    None,

    /// <summary>Host is none of the server's names. RFC 9110 §15.5.20; Contract, defaults.</summary>
    UnknownHost,

    /// <summary>A value in the query is not UTF-8 once decoded. RFC 3986 §2.5.</summary>
    BadQuery,

    /// <summary>Two cursors in the query, which would contradict each other. Contract, subscribing.</summary>
    RepeatedCursor,

    /// <summary>If-None-Match is not the one entity tag that an answer carried. RFC 9110 §8.8.3.</summary>
    BadEntityTag,

    /// <summary>A channel name breaks the grammar. Contract, words.</summary>
    BadChannel,

    /// <summary>More than 64 channels in one subscription. Contract, subscribing.</summary>
    TooManyChannels,

    /// <summary>One channel twice in one subscription. Contract, subscribing.</summary>
    RepeatedChannel,

    /// <summary>Only the server publishes to a channel that tells who is there. Contract, presence.</summary>
    ReservedChannel,

    /// <summary>More than 64 event names in one subscription. Contract, subscribing.</summary>
    TooManyEvents,

    /// <summary>More channels would exist than the server keeps. Contract, channels.</summary>
    HubFull,

    /// <summary>An event name breaks the grammar, or is one of the server's own. Contract, words.</summary>
    BadEvent,

    /// <summary>Data sent as text is not UTF-8. Contract, publishing.</summary>
    NotUtf8,

    /// <summary>An Idempotency-Key breaks the grammar. Contract, publishing.</summary>
    BadIdempotencyKey,

    /// <summary>More idempotency keys would be remembered than the server keeps. Contract, publishing.</summary>
    TooManyKeys,

    /// <summary>Messages cannot be written down, so none is taken. Contract, publishing.</summary>
    StoreFailed,

    /// <summary>A ttl is not whole seconds from 1 to 31,536,000. Contract, publishing.</summary>
    BadTtl,

    /// <summary>One Idempotency-Key for many lines, each of which may have its own. Contract, publishing in bulk.</summary>
    KeyForManyLines,

    /// <summary>A line is not a JSON object with the members and types of the contract. Contract, publishing in bulk.</summary>
    BadLine,

    /// <summary>A line is longer than 2 MiB. Contract, publishing in bulk.</summary>
    LineTooLong,

    /// <summary>The data of a line is more than 1 MiB. Contract, publishing in bulk.</summary>
    DataTooLarge,

    /// <summary>An encoding that is not base64, or data that is not. Contract, publishing in bulk.</summary>
    BadEncoding,

    /// <summary>There is no channel of this name. Contract, channels.</summary>
    NoSuchChannel,

    /// <summary>The channel was deleted while the poll was held. Contract, long poll.</summary>
    ChannelDeleted,

    /// <summary>A newer poll of the same client took over. Contract, long poll.</summary>
    TakenOver,

    /// <summary>The server is stopping. Contract, draining.</summary>
    Draining,

    /// <summary>A token is asked for and none came. RFC 6750 §3.1.</summary>
    TokenMissing,

    /// <summary>Two different tokens came with one request. RFC 6750 §2.</summary>
    TokensDiffer,

    /// <summary>A WebSocket offers its token as a subprotocol and no subprotocol that could be chosen. Contract, tokens.</summary>
    TokenProtocolAlone,

    /// <summary>A token is longer than is looked at. Contract, tokens.</summary>
    TokenTooLong,

    /// <summary>A token is not three parts of base64url with a JSON header that names an algorithm. RFC 7515 §5.2.</summary>
    TokenMalformed,

    /// <summary>A token names an algorithm that no key of the server is for, or none. RFC 8725 §3.1.</summary>
    TokenAlgorithm,

    /// <summary>A token names a key that the server does not have. RFC 7515 §4.1.4.</summary>
    TokenKey,

    /// <summary>The signature is not that of the token and the key. RFC 7515 §5.2.</summary>
    TokenSignature,

    /// <summary>A claim is missing or of another type. RFC 7519 §4; Contract, tokens.</summary>
    TokenClaims,

    /// <summary>The token's time is over. RFC 7519 §4.1.4.</summary>
    TokenExpired,

    /// <summary>The token's time has not come. RFC 7519 §4.1.5.</summary>
    TokenNotYet,

    /// <summary>The token was made by another issuer. RFC 7519 §4.1.1.</summary>
    TokenIssuer,

    /// <summary>The token was made for another audience. RFC 7519 §4.1.3.</summary>
    TokenAudience,

    /// <summary>The token does not let publish to the channel. Contract, tokens.</summary>
    MayNotPublish,

    /// <summary>The token does not let subscribe to a channel. Contract, tokens.</summary>
    MayNotSubscribe,

    /// <summary>The token does not let delete the channel. Contract, tokens.</summary>
    MayNotDelete,
}

/// <summary>The one map from a fault to what is sent.</summary>
internal static class ServerFaults
{
    /// <summary>The HTTP status.</summary>
    public static int StatusOf(ServerFault fault) => fault switch
    {
        ServerFault.UnknownHost => 421,
        ServerFault.NoSuchChannel => 404,
        ServerFault.LineTooLong or ServerFault.DataTooLarge => 413,
        ServerFault.TakenOver => PollEndings.StatusOf(PollEnding.TakenOver),
        ServerFault.ChannelDeleted => PollEndings.StatusOf(PollEnding.ChannelDeleted),
        ServerFault.ReservedChannel => 403,
        ServerFault.Draining or ServerFault.HubFull or ServerFault.TooManyKeys or ServerFault.StoreFailed => 503,
        ServerFault.TokenMissing => 401,
        _ => ChallengeOf(fault) switch { "invalid_token" => 401, "insufficient_scope" => 403, _ => 400 },
    };

    /// <summary>The error of the challenge that goes with the refusal, RFC 6750 §3.1; empty for one without an error; null for no challenge.</summary>
    public static string? ChallengeOf(ServerFault fault) => fault switch
    {
        ServerFault.TokenMissing => "",
        ServerFault.TokensDiffer => "invalid_request",
        >= ServerFault.TokenTooLong and <= ServerFault.TokenAudience => "invalid_token",
        ServerFault.MayNotPublish or ServerFault.MayNotSubscribe or ServerFault.MayNotDelete => "insufficient_scope",
        _ => null,
    };

    /// <summary>The stable code of the problem details.</summary>
    public static string CodeOf(ServerFault fault) => fault switch
    {
        ServerFault.UnknownHost => "unknown-host",
        ServerFault.BadQuery => "bad-query",
        ServerFault.RepeatedCursor => "repeated-cursor",
        ServerFault.BadEntityTag => "bad-entity-tag",
        ServerFault.BadChannel => "bad-channel",
        ServerFault.TooManyChannels => "too-many-channels",
        ServerFault.RepeatedChannel => "repeated-channel",
        ServerFault.ReservedChannel => "reserved-channel",
        ServerFault.TooManyEvents => "too-many-events",
        ServerFault.HubFull => "hub-full",
        ServerFault.BadEvent => "bad-event",
        ServerFault.NotUtf8 => "not-utf-8",
        ServerFault.BadIdempotencyKey => "bad-idempotency-key",
        ServerFault.TooManyKeys => "too-many-keys",
        ServerFault.StoreFailed => "store-failed",
        ServerFault.BadTtl => "bad-ttl",
        ServerFault.KeyForManyLines => "key-for-many-lines",
        ServerFault.BadLine => "bad-line",
        ServerFault.LineTooLong => "line-too-long",
        ServerFault.DataTooLarge => "data-too-large",
        ServerFault.BadEncoding => "bad-encoding",
        ServerFault.NoSuchChannel => "no-such-channel",
        ServerFault.ChannelDeleted => "channel-deleted",
        ServerFault.TakenOver => "taken-over",
        ServerFault.Draining => "draining",
        ServerFault.TokenMissing => "token-missing",
        ServerFault.TokensDiffer => "tokens-differ",
        ServerFault.TokenProtocolAlone => "token-protocol-alone",
        ServerFault.TokenTooLong => "token-too-long",
        ServerFault.TokenMalformed => "token-malformed",
        ServerFault.TokenAlgorithm => "token-algorithm",
        ServerFault.TokenKey => "token-key",
        ServerFault.TokenSignature => "token-signature",
        ServerFault.TokenClaims => "token-claims",
        ServerFault.TokenExpired => "token-expired",
        ServerFault.TokenNotYet => "token-not-yet",
        ServerFault.TokenIssuer => "token-issuer",
        ServerFault.TokenAudience => "token-audience",
        ServerFault.MayNotPublish => "may-not-publish",
        ServerFault.MayNotSubscribe => "may-not-subscribe",
        ServerFault.MayNotDelete => "may-not-delete",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    /// <summary>What was wrong and what to do about it, in one or two sentences.</summary>
    public static string DetailOf(ServerFault fault) => fault switch
    {
        ServerFault.UnknownHost => "The Host field names no server that runs here. Start the server with --allow-host to add a name.",
        ServerFault.BadQuery => "A value in the query is not UTF-8 once its percent-escapes are decoded.",
        ServerFault.RepeatedCursor => "A query has one cursor; with several channels it holds a position for each.",
        ServerFault.BadEntityTag => "If-None-Match must hold exactly the entity tag of an earlier answer.",
        ServerFault.BadChannel => "A channel is 1 to 128 of the characters A-Z a-z 0-9 . _ : ~ - and, to subscribe to all that begin alike, a * at the end.",
        ServerFault.TooManyChannels => "One subscription takes at most 64 channels.",
        ServerFault.RepeatedChannel => "The same channel is named twice.",
        ServerFault.ReservedChannel => "Only the server itself publishes to channels that begin with presence:",
        ServerFault.TooManyEvents => "One subscription takes at most 64 event names.",
        ServerFault.HubFull => "The server keeps no more channels; try one that exists.",
        ServerFault.BadEvent => "An event is 1 to 128 characters without CR, LF or NUL, and none of position, open and error.",
        ServerFault.NotUtf8 => "The data came as text but is not UTF-8. Send bytes with Content-Type: application/octet-stream.",
        ServerFault.BadIdempotencyKey => "An Idempotency-Key is 1 to 128 visible ASCII characters.",
        ServerFault.TooManyKeys => "The server remembers no more keys at present; try again in a minute.",
        ServerFault.StoreFailed => "The server cannot write messages to its disk and takes none until it is started again; its log says why.",
        ServerFault.BadTtl => "A ttl is whole seconds from 1 to 31536000.",
        ServerFault.KeyForManyLines => "One Idempotency-Key cannot stand for many lines: give each its own in the member \"key\".",
        ServerFault.BadLine => "Expected a JSON object such as {\"channel\":\"news\",\"data\":\"hello\"} on one line; data is there, and texts are strings.",
        ServerFault.LineTooLong => "A line is at most 2 MiB.",
        ServerFault.DataTooLarge => "The data of a message is at most 1 MiB.",
        ServerFault.BadEncoding => "The only encoding is base64, and the data must be it.",
        ServerFault.NoSuchChannel => "Nobody has published to or subscribed to this channel.",
        ServerFault.ChannelDeleted => "The channel was deleted.",
        ServerFault.TakenOver => "A newer poll of the same client took over.",
        ServerFault.Draining => "The server is stopping; try again, it may have a successor.",
        ServerFault.TokenMissing => "A token is needed here: Authorization: Bearer, the token parameter of the query, the cookie rawrealtime_token, or the subprotocol rawrealtime.token.<token> of a WebSocket.",
        ServerFault.TokensDiffer => "Two different tokens came with one request.",
        ServerFault.TokenProtocolAlone => "The token is offered as a subprotocol and nothing beside it. Offer rawrealtime.v1 too: a browser closes a WebSocket for which none was chosen.",
        ServerFault.TokenTooLong => "A token has at most 4096 characters.",
        ServerFault.TokenMalformed => "A token is three parts of base64url joined by points, and the first is a JSON object with alg and without crit.",
        ServerFault.TokenAlgorithm => "The server has no key for the algorithm that the token names. A secret is for HS256, a JWK set for RS256 and ES256, and nothing is for none.",
        ServerFault.TokenKey => "The server has no key by the kid that the token names.",
        ServerFault.TokenSignature => "The signature does not fit: the token was changed, or signed with another key.",
        ServerFault.TokenClaims => "A claim is missing or of another type: rawrealtime is an object with lists of channels and patterns in publish, subscribe and delete; exp and nbf are seconds since 1970.",
        ServerFault.TokenExpired => "The token has expired.",
        ServerFault.TokenNotYet => "The token does not count yet.",
        ServerFault.TokenIssuer => "The token was made by another issuer than the one asked for.",
        ServerFault.TokenAudience => "The token was made for another audience than this one.",
        ServerFault.MayNotPublish => "The token does not let publish to this channel.",
        ServerFault.MayNotSubscribe => "The token does not let subscribe to each of these channels.",
        ServerFault.MayNotDelete => "The token does not let delete this channel.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
