namespace RawWebSocket;

/// <summary>
/// A handler that takes messages in pieces as they come, for messages larger than one wants to hold. They are bounded by
/// <see cref="Wire.WsLimits.MaxMessageBytesInPieces"/>; all other rules, limits and control frames in between are as with whole messages.
/// </summary>
public interface IWsPieceHandler : IWsHandler
{
    /// <summary>A piece of a message came. Pieces are cut where the bytes happened to arrive, not where the sender's frames end.</summary>
    /// <param name="connection">Where it came from.</param>
    /// <param name="piece">The piece; its bytes are valid until the returned task completes.</param>
    /// <remarks>As with <see cref="IWsHandler.OnMessageAsync"/>. A message whose end never comes is told by <see cref="IWsHandler.OnClosed"/> alone.</remarks>
    ValueTask OnPieceAsync(WsConnection connection, WsPiece piece);

    /// <summary>Not called: all messages come in pieces.</summary>
    ValueTask IWsHandler.OnMessageAsync(WsConnection connection, WsMessage message) => default;
}

/// <summary>A piece of a message.</summary>
/// <param name="IsText">True for text: valid UTF-8 so far, but a piece may begin or end inside of a character.</param>
/// <param name="Payload">The bytes; keep a copy, not this. The last piece may be empty.</param>
/// <param name="IsLast">Whether the message ends with it.</param>
public readonly record struct WsPiece(bool IsText, ReadOnlyMemory<byte> Payload, bool IsLast);
