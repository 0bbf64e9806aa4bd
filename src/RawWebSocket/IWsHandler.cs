namespace RawWebSocket;

/// <summary>
/// What an application does with a connection. All calls but <see cref="OnDraining"/> come from the connection's one
/// receive loop, one at a time. While one waits nothing is read, which holds the peer back.
/// </summary>
public interface IWsHandler
{
    /// <summary>The connection is open and may be sent to. Called once, before anything is read.</summary>
    /// <param name="connection">The connection.</param>
    void OnOpened(WsConnection connection) { }

    /// <summary>A whole message came. Not called any more once a close frame passed in either direction.</summary>
    /// <param name="connection">Where it came from.</param>
    /// <param name="message">The message; its bytes are valid until the returned task completes.</param>
    /// <remarks>An exception fails this connection with 1011 and is found in <see cref="WsConnection.HandlerFailure"/>.</remarks>
    ValueTask OnMessageAsync(WsConnection connection, WsMessage message);

    /// <summary>The connection is gone. Called once, as the last call. Must not throw.</summary>
    /// <param name="connection">The connection, for its <see cref="WsConnection.CloseCode"/> and counters.</param>
    /// <param name="ending">Why.</param>
    void OnClosed(WsConnection connection, WsEnding ending) { }

    /// <summary>The server is about to stop; comes from another thread. Says goodbye with 1001 unless the application has a better way.</summary>
    /// <param name="connection">The connection.</param>
    void OnDraining(WsConnection connection) => connection?.Close(Wire.CloseCode.GoingAway, "the server is going away");
}

/// <summary>A whole message.</summary>
/// <param name="IsText">True for text, which is valid UTF-8; false for bytes.</param>
/// <param name="Payload">The message's bytes; of one that was received keep a copy, not this.</param>
public readonly record struct WsMessage(bool IsText, ReadOnlyMemory<byte> Payload)
{
    static readonly System.Text.UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A text message to be sent.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A surrogate stands alone: it is no text that UTF-8 can hold.</exception>
    public static WsMessage OfText(string text) => new(true, Strict.GetBytes(text));

    /// <summary>A binary message to be sent.</summary>
    /// <param name="bytes">The message; not copied.</param>
    public static WsMessage OfBytes(ReadOnlyMemory<byte> bytes) => new(false, bytes);

    /// <summary>The message as text: a new string each time.</summary>
    /// <exception cref="ArgumentException">It is not UTF-8; a text message that was received always is.</exception>
    public string AsText() => Strict.GetString(Payload.Span);
}
