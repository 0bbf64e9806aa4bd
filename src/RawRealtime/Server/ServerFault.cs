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
        _ => 400,
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
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
