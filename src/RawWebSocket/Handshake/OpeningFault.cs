namespace RawWebSocket.Handshake;

/// <summary>Every rule a server can break in its answer to our opening request; client role.</summary>
public enum OpeningFault : byte
{
    /// <summary>No rule is broken; the connection is a WebSocket.</summary>
    None,

    /// <summary>The status is not 101: the server refused. RFC 6455 §4.1 item 1.</summary>
    NotSwitched,

    /// <summary>No Upgrade field with the one value "websocket". RFC 6455 §4.1 item 2.</summary>
    UpgradeMissing,

    /// <summary>No Connection field with "Upgrade". RFC 6455 §4.1 item 3.</summary>
    ConnectionMissing,

    /// <summary>Sec-WebSocket-Accept does not answer our key. RFC 6455 §4.1 item 4.</summary>
    WrongAccept,

    /// <summary>An extension that was not offered. RFC 6455 §4.1 item 5.</summary>
    UnaskedExtension,

    /// <summary>Parameters of an extension that do not fit what was offered. RFC 7692 §7, RFC 6455 §9.1.</summary>
    BadExtensionAnswer,

    /// <summary>A subprotocol that was not offered. RFC 6455 §4.1 item 6.</summary>
    UnaskedSubprotocol,
}

/// <summary>The one map from a fault of the opening to its name and its sentence.</summary>
public static class OpeningFaults
{
    /// <summary>The rule's stable name.</summary>
    /// <param name="fault">Any member.</param>
    public static string CodeOf(OpeningFault fault) => fault switch
    {
        OpeningFault.None => "none",
        OpeningFault.NotSwitched => "not-switched",
        OpeningFault.UpgradeMissing => "upgrade-missing",
        OpeningFault.ConnectionMissing => "connection-missing",
        OpeningFault.WrongAccept => "wrong-accept",
        OpeningFault.UnaskedExtension => "unasked-extension",
        OpeningFault.BadExtensionAnswer => "bad-extension-answer",
        OpeningFault.UnaskedSubprotocol => "unasked-subprotocol",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    /// <summary>One sentence: what was wrong and the clause that says so.</summary>
    /// <param name="fault">Any member but <see cref="OpeningFault.None"/>.</param>
    public static string DetailOf(OpeningFault fault) => fault switch
    {
        OpeningFault.NotSwitched => "The server did not answer with 101 (RFC 6455 §4.1 item 1).",
        OpeningFault.UpgradeMissing => "The answer's Upgrade field is not \"websocket\" (RFC 6455 §4.1 item 2).",
        OpeningFault.ConnectionMissing => "The answer's Connection field lacks \"Upgrade\" (RFC 6455 §4.1 item 3).",
        OpeningFault.WrongAccept => "The answer's Sec-WebSocket-Accept does not fit the key (RFC 6455 §4.1 item 4).",
        OpeningFault.UnaskedExtension => "The answer names an extension that was not offered (RFC 6455 §4.1 item 5).",
        OpeningFault.BadExtensionAnswer => "The answer's permessage-deflate does not fit what was offered (RFC 7692 §7).",
        OpeningFault.UnaskedSubprotocol => "The answer names a subprotocol that was not offered (RFC 6455 §4.1 item 6).",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
