namespace RawWebSocket.Wire;

/// <summary>The one map from a broken rule to what the peer is told: close code and reason, and a name for logs and docs.</summary>
public static class WsFaults
{
    /// <summary>The code of the close frame that fails the connection. RFC 6455 §7.4.1.</summary>
    /// <param name="fault">Any member but <see cref="WsFault.None"/>.</param>
    public static CloseCode CloseCodeOf(WsFault fault) => fault switch
    {
        WsFault.None => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Nothing to close for."),
        WsFault.TextNotUtf8 or WsFault.CloseReasonNotUtf8 or WsFault.BadDeflateData => CloseCode.InvalidData,
        WsFault.MessageTooBig or WsFault.InflatesTooFar => CloseCode.TooBig,
        WsFault.TooManyFragments => CloseCode.PolicyViolation,
        _ => CloseCode.ProtocolError,
    };

    /// <summary>The rule's stable name, the same in logs, metrics and docs.</summary>
    /// <param name="fault">Any member.</param>
    public static string CodeOf(WsFault fault) => fault switch
    {
        WsFault.None => "none",
        WsFault.NotMasked => "not-masked",
        WsFault.Masked => "masked",
        WsFault.ReservedBitSet => "reserved-bit-set",
        WsFault.UnknownOpcode => "unknown-opcode",
        WsFault.LengthOver63Bits => "length-over-63-bits",
        WsFault.LengthNotMinimal => "length-not-minimal",
        WsFault.NothingToContinue => "nothing-to-continue",
        WsFault.MessageInsideMessage => "message-inside-message",
        WsFault.FragmentedControl => "fragmented-control",
        WsFault.ControlTooLong => "control-too-long",
        WsFault.CloseCodeCutShort => "close-code-cut-short",
        WsFault.CloseCodeNotAllowed => "close-code-not-allowed",
        WsFault.CloseReasonNotUtf8 => "close-reason-not-utf8",
        WsFault.TextNotUtf8 => "text-not-utf8",
        WsFault.MessageTooBig => "message-too-big",
        WsFault.TooManyFragments => "too-many-fragments",
        WsFault.BadDeflateData => "bad-deflate-data",
        WsFault.InflatesTooFar => "inflates-too-far",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    /// <summary>The close frame's reason: what was wrong and the clause that says so, in at most 123 bytes of ASCII.</summary>
    /// <param name="fault">Any member but <see cref="WsFault.None"/>.</param>
    public static string ReasonOf(WsFault fault) => fault switch
    {
        WsFault.NotMasked => "a client must mask its frames (RFC 6455 5.1)",
        WsFault.Masked => "a server must not mask its frames (RFC 6455 5.1)",
        WsFault.ReservedBitSet => "a reserved bit is set without an extension for it (RFC 6455 5.2)",
        WsFault.UnknownOpcode => "unknown opcode (RFC 6455 5.2)",
        WsFault.LengthOver63Bits => "the length's highest bit must be 0 (RFC 6455 5.2)",
        WsFault.LengthNotMinimal => "the length must take its shortest form (RFC 6455 5.2)",
        WsFault.NothingToContinue => "continuation without a message (RFC 6455 5.4)",
        WsFault.MessageInsideMessage => "a new message inside an unfinished one (RFC 6455 5.4)",
        WsFault.FragmentedControl => "a control frame must not be fragmented (RFC 6455 5.5)",
        WsFault.ControlTooLong => "a control frame carries at most 125 bytes (RFC 6455 5.5)",
        WsFault.CloseCodeCutShort => "a close code takes two bytes (RFC 6455 5.5.1)",
        WsFault.CloseCodeNotAllowed => "this close code must not be sent (RFC 6455 7.4)",
        WsFault.CloseReasonNotUtf8 => "the close reason is not UTF-8 (RFC 6455 5.5.1)",
        WsFault.TextNotUtf8 => "the text is not UTF-8 (RFC 6455 8.1)",
        WsFault.MessageTooBig => "the message is larger than is taken here (RFC 6455 10.4)",
        WsFault.TooManyFragments => "the message has too many fragments (RFC 6455 10.4)",
        WsFault.BadDeflateData => "the compressed data can't be inflated (RFC 7692 6.2)",
        WsFault.InflatesTooFar => "the message inflates too far for its size (RFC 6455 10.4)",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
