namespace RawWebSocket;

/// <summary>
/// Messages that are asked for instead of being told: a handler for either role, of which the messages are pulled. Nothing is
/// read ahead of who asks, beyond what one receive brought: so a peer is held back by not asking. One caller at a time.
/// </summary>
/// <remarks>For a client see <see cref="WsClient.ConnectAsync(Uri, WsClientOptions, CancellationToken)"/>; on a server give it a function.</remarks>
public sealed class WsMessageReader : IWsHandler, IPulled
{
    readonly Pull<WsMessage> pull = new();
    readonly Func<Task>? serve;

    /// <summary>Makes a reader for a connection whose messages somebody asks for until it ends.</summary>
    public WsMessageReader()
    {
    }

    /// <summary>Makes a reader that brings its own reader along, for a server.</summary>
    /// <param name="serve">
    /// Called once, when the connection is open. When its task ends, the connection is closed with 1000, if it still is open; when it
    /// fails, with 1011, and what was thrown is found in <see cref="WsConnection.HandlerFailure"/>.
    /// </param>
    public WsMessageReader(Func<WsMessageReader, Task> serve)
    {
        ArgumentNullException.ThrowIfNull(serve);
        this.serve = () => serve(this);
    }

    /// <summary>The connection, to be sent to.</summary>
    /// <exception cref="InvalidOperationException">It is not open yet.</exception>
    public WsConnection Connection => pull.Connection;

    /// <summary>Waits for the next message, and lets go of the last one.</summary>
    /// <param name="cancellation">Ends this wait alone: no message is lost, and the next call goes on waiting.</param>
    /// <returns>
    /// The message, whose bytes are valid until the next call; null when the connection was closed by the closing handshake, whoever
    /// began it: <see cref="WsConnection.CloseCode"/> says why.
    /// </returns>
    /// <exception cref="WsClosedException">The connection ended in another way.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="InvalidOperationException">Another call waits.</exception>
    public ValueTask<WsMessage?> ReceiveAsync(CancellationToken cancellation = default) => pull.ReceiveAsync(cancellation);

    /// <summary>All messages until the connection is closed, each valid until the next one is asked for. Otherwise as <see cref="ReceiveAsync"/>.</summary>
    /// <param name="cancellation">Ends the enumeration with an <see cref="OperationCanceledException"/>; the connection goes on.</param>
    /// <exception cref="WsClosedException">The connection ended otherwise than by the closing handshake.</exception>
    public IAsyncEnumerable<WsMessage> ReadAllAsync(CancellationToken cancellation = default) => pull.ReadAllAsync(cancellation);

    /// <inheritdoc/>
    void IPulled.Stop() => pull.Stop();

    /// <inheritdoc/>
    void IWsHandler.OnOpened(WsConnection connection) => pull.OnOpened(connection, serve);

    /// <inheritdoc/>
    ValueTask IWsHandler.OnMessageAsync(WsConnection connection, WsMessage message) => pull.OfferAsync(message);

    /// <inheritdoc/>
    void IWsHandler.OnClosed(WsConnection connection, WsEnding ending) => pull.OnClosed(connection, ending);
}
