namespace RawWebSocket.Wire;

/// <summary>What <see cref="WsReader"/> found.</summary>
public enum WsEventKind : byte
{
    /// <summary>Nothing until more bytes arrive.</summary>
    NeedMore,

    /// <summary>A whole text message, valid UTF-8; or a piece of one, which may be cut inside of a character.</summary>
    Text,

    /// <summary>A whole binary message, or a piece of one.</summary>
    Binary,

    /// <summary>A ping; a pong with the same payload is owed. RFC 6455 §5.5.2.</summary>
    Ping,

    /// <summary>A pong, asked for or not. RFC 6455 §5.5.3.</summary>
    Pong,

    /// <summary>The peer's close frame, its last. RFC 6455 §5.5.1.</summary>
    Close,

    /// <summary>The peer broke a rule; the connection is to be failed. RFC 6455 §7.1.7.</summary>
    Fault,
}

/// <summary>One event out of <see cref="WsReader"/>.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Consumed">Bytes of the input that are spent, to be dropped when the event is handled; with NeedMore too.</param>
/// <param name="Payload">The message, the ping's or pong's data, or the close reason. Valid until the next call of the reader.</param>
/// <param name="Code">The code of a close frame; <see cref="CloseCode.NoStatus"/> when it held none. 0 otherwise.</param>
/// <param name="Fault">The broken rule; None unless the kind is Fault.</param>
/// <param name="HasMore">True for a piece of a message that is not its last one: only from a reader that gives pieces.</param>
public readonly record struct WsEvent(
    WsEventKind Kind, int Consumed, ReadOnlyMemory<byte> Payload = default, CloseCode Code = default, WsFault Fault = WsFault.None, bool HasMore = false)
{
    internal static WsEvent NeedMore(int consumed) => new(WsEventKind.NeedMore, consumed);
}
