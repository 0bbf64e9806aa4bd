namespace RawWebSocket.Wire;

/// <summary>Every rule a peer can break once the connection is a WebSocket; the enum is the list of rules.</summary>
public enum WsFault : byte
{
    /// <summary>No rule is broken.</summary>
    None,

    /// <summary>A client's frame is not masked. RFC 6455 §5.1.</summary>
    NotMasked,

    /// <summary>A server's frame is masked. RFC 6455 §5.1.</summary>
    Masked,

    /// <summary>A reserved bit is set that no agreed extension defines there. RFC 6455 §5.2, RFC 7692 §6.1.</summary>
    ReservedBitSet,

    /// <summary>An opcode of 3 to 7 or B to F. RFC 6455 §5.2.</summary>
    UnknownOpcode,

    /// <summary>An eight-byte length whose most significant bit is set. RFC 6455 §5.2.</summary>
    LengthOver63Bits,

    /// <summary>A length in a longer form than needed. RFC 6455 §5.2.</summary>
    LengthNotMinimal,

    /// <summary>A continuation frame without a message to continue. RFC 6455 §5.4.</summary>
    NothingToContinue,

    /// <summary>A new message before the last one's final fragment. RFC 6455 §5.4.</summary>
    MessageInsideMessage,

    /// <summary>A control frame in fragments. RFC 6455 §5.5.</summary>
    FragmentedControl,

    /// <summary>A control frame with more than 125 bytes. RFC 6455 §5.5.</summary>
    ControlTooLong,

    /// <summary>A close frame with one byte of payload. RFC 6455 §5.5.1.</summary>
    CloseCodeCutShort,

    /// <summary>A close code that may not be sent. RFC 6455 §7.4.1 and §7.4.2.</summary>
    CloseCodeNotAllowed,

    /// <summary>A close reason that is not UTF-8. RFC 6455 §5.5.1 and §8.1.</summary>
    CloseReasonNotUtf8,

    /// <summary>A text message that is not UTF-8. RFC 6455 §8.1.</summary>
    TextNotUtf8,

    /// <summary>A message larger than <see cref="WsLimits.MaxMessageBytes"/>. RFC 6455 §10.4 and §7.4.1.</summary>
    MessageTooBig,

    /// <summary>A message in more than <see cref="WsLimits.MaxFragments"/> fragments, empty ones counted. RFC 6455 §10.4.</summary>
    TooManyFragments,

    /// <summary>A compressed message that is not DEFLATE, refers to more than the window agreed on, or stops inside of a block. RFC 7692 §6.2, RFC 1951.</summary>
    BadDeflateData,

    /// <summary>A compressed message that inflates to more than <see cref="WsLimits.MaxInflateRatio"/> times its bytes. RFC 6455 §10.4.</summary>
    InflatesTooFar,
}
