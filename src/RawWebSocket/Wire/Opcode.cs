namespace RawWebSocket.Wire;

/// <summary>What a frame carries. RFC 6455 §5.2; the values missing here are reserved, see <see cref="FrameRules"/>.</summary>
public enum Opcode : byte
{
    /// <summary>More of the message begun before. RFC 6455 §5.4.</summary>
    Continuation = 0x0,

    /// <summary>A message of UTF-8 text, or its first fragment. RFC 6455 §5.6.</summary>
    Text = 0x1,

    /// <summary>A message of bytes, or its first fragment. RFC 6455 §5.6.</summary>
    Binary = 0x2,

    /// <summary>The sender's last frame. RFC 6455 §5.5.1.</summary>
    Close = 0x8,

    /// <summary>Asks for a pong with the same payload. RFC 6455 §5.5.2.</summary>
    Ping = 0x9,

    /// <summary>Answers a ping, or tells unasked that its sender lives. RFC 6455 §5.5.3.</summary>
    Pong = 0xA,
}
