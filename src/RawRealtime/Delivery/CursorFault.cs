namespace RawRealtime.Delivery;

/// <summary>Why a client's message on <c>rawrealtime.v1</c> is refused. An error ends nothing. docs/contract.md, WebSocket.</summary>
internal enum CursorFault : byte
{
    /// <summary>Nothing to refuse.</summary>
    None,

    /// <summary>Contract, websocket: not a JSON object with the members and types of the contract.</summary>
    BadMessage,

    /// <summary>Contract, websocket: a type that is none of publish, subscribe, unsubscribe and ping.</summary>
    UnknownType,

    /// <summary>Contract, websocket: a binary message: this subprotocol speaks text.</summary>
    NotText,

    /// <summary>Contract, websocket: a channel name that breaks the grammar, or none.</summary>
    BadChannel,

    /// <summary>Contract, presence: only the server publishes there.</summary>
    ReservedChannel,

    /// <summary>Contract, websocket: an event name that breaks the grammar, or is one of the server's own.</summary>
    BadEvent,

    /// <summary>Contract, websocket: an encoding that is not base64, or data that is not.</summary>
    BadEncoding,

    /// <summary>Contract, websocket: a ttl that is not whole seconds from 1 to 31,536,000.</summary>
    BadTtl,

    /// <summary>Contract, websocket: the channel is subscribed to already.</summary>
    AlreadySubscribed,

    /// <summary>Contract, websocket: the channel is not subscribed to.</summary>
    NotSubscribed,

    /// <summary>Contract, websocket: a 65th channel.</summary>
    TooManyChannels,

    /// <summary>Contract, websocket: the server keeps no more channels.</summary>
    HubFull,

    /// <summary>Contract, publishing: messages cannot be written down, so none is taken.</summary>
    StoreFailed,

    /// <summary>Contract, websocket: a channel of this subscription was deleted; the others go on.</summary>
    ChannelDeleted,

    /// <summary>Contract, websocket: the token does not let publish to the channel.</summary>
    MayNotPublish,

    /// <summary>Contract, websocket: the token does not let subscribe to the channel.</summary>
    MayNotSubscribe,
}

/// <summary>The one map from a fault to what is sent.</summary>
internal static class CursorFaults
{
    /// <summary>The stable code.</summary>
    public static string CodeOf(CursorFault fault) => fault switch
    {
        CursorFault.BadMessage => "bad-message",
        CursorFault.UnknownType => "unknown-type",
        CursorFault.NotText => "not-text",
        CursorFault.BadChannel => "bad-channel",
        CursorFault.ReservedChannel => "reserved-channel",
        CursorFault.BadEvent => "bad-event",
        CursorFault.BadEncoding => "bad-encoding",
        CursorFault.BadTtl => "bad-ttl",
        CursorFault.AlreadySubscribed => "already-subscribed",
        CursorFault.NotSubscribed => "not-subscribed",
        CursorFault.TooManyChannels => "too-many-channels",
        CursorFault.HubFull => "hub-full",
        CursorFault.StoreFailed => "store-failed",
        CursorFault.ChannelDeleted => "channel-deleted",
        CursorFault.MayNotPublish => "may-not-publish",
        CursorFault.MayNotSubscribe => "may-not-subscribe",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    /// <summary>What was wrong, in a sentence.</summary>
    public static string DetailOf(CursorFault fault) => fault switch
    {
        CursorFault.BadMessage => "Expected a JSON object such as {\"type\":\"publish\",\"channel\":\"news\",\"data\":\"hello\"}; texts are strings, ref is a string or a number.",
        CursorFault.UnknownType => "The type is publish, subscribe, unsubscribe or ping.",
        CursorFault.NotText => "This subprotocol speaks text messages; send bytes as base64 with \"encoding\":\"base64\".",
        CursorFault.BadChannel => "A channel is 1 to 128 of the characters A-Z a-z 0-9 . _ : ~ - and, to subscribe to all that begin alike, a * at the end.",
        CursorFault.ReservedChannel => "Only the server itself publishes to channels that begin with presence:",
        CursorFault.BadEvent => "An event is 1 to 128 characters without CR, LF or NUL, and none of position, open and error.",
        CursorFault.BadEncoding => "The only encoding is base64, and the data must be it.",
        CursorFault.BadTtl => "A ttl is whole seconds from 1 to 31536000.",
        CursorFault.AlreadySubscribed => "This connection is subscribed to the channel already.",
        CursorFault.NotSubscribed => "This connection is not subscribed to the channel.",
        CursorFault.TooManyChannels => "One connection takes at most 64 channels.",
        CursorFault.HubFull => "The server keeps no more channels; try one that exists.",
        CursorFault.StoreFailed => "The server cannot write messages to its disk and takes none until it is started again.",
        CursorFault.ChannelDeleted => "The channel was deleted; nothing more comes from it.",
        CursorFault.MayNotPublish => "The token does not let publish to this channel.",
        CursorFault.MayNotSubscribe => "The token does not let subscribe to this channel.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
