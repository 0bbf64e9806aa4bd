namespace RawWebSocket;

/// <summary>Pieces of messages that are asked for, for messages larger than one wants to hold; otherwise as <see cref="WsMessageReader"/>.</summary>
/// <remarks>A client gives it to <see cref="WsClient.ConnectAsync(Uri, IWsHandler, WsClientOptions, CancellationToken)"/>; on a server give it a function.</remarks>
public sealed class WsPieceReader : IWsPieceHandler, IPulled
{
    readonly Pull<WsPiece> pull = new();
    readonly Func<Task>? serve;

    /// <summary>Makes a reader for a connection whose pieces somebody asks for until it ends.</summary>
    public WsPieceReader()
    {
    }

    /// <summary>Makes a reader that brings its own reader along, for a server.</summary>
    /// <param name="serve">
    /// Called once, when the connection is open. When its task ends, the connection is closed with 1000, if it still is open; when it
    /// fails, with 1011, and what was thrown is found in <see cref="WsConnection.HandlerFailure"/>.
    /// </param>
    public WsPieceReader(Func<WsPieceReader, Task> serve)
    {
        ArgumentNullException.ThrowIfNull(serve);
        this.serve = () => serve(this);
    }

    /// <summary>The connection, to be sent to.</summary>
    /// <exception cref="InvalidOperationException">It is not open yet.</exception>
    public WsConnection Connection => pull.Connection;

    /// <summary>Waits for the next piece, and lets go of the last one.</summary>
    /// <param name="cancellation">Ends this wait alone: no piece is lost, and the next call goes on waiting.</param>
    /// <returns>
    /// The piece, whose bytes are valid until the next call; null when the connection was closed by the closing handshake, whoever
    /// began it: <see cref="WsConnection.CloseCode"/> says why.
    /// </returns>
    /// <exception cref="WsClosedException">The connection ended in another way.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="InvalidOperationException">Another call waits.</exception>
    public ValueTask<WsPiece?> ReceiveAsync(CancellationToken cancellation = default) => pull.ReceiveAsync(cancellation);

    /// <summary>All pieces of all messages until the connection is closed, each valid until the next one is asked for. Otherwise as <see cref="ReceiveAsync"/>.</summary>
    /// <param name="cancellation">Ends the enumeration with an <see cref="OperationCanceledException"/>; the connection goes on.</param>
    /// <exception cref="WsClosedException">The connection ended otherwise than by the closing handshake.</exception>
    public IAsyncEnumerable<WsPiece> ReadAllAsync(CancellationToken cancellation = default) => pull.ReadAllAsync(cancellation);

    /// <inheritdoc/>
    void IPulled.Stop() => pull.Stop();

    /// <inheritdoc/>
    void IWsHandler.OnOpened(WsConnection connection) => pull.OnOpened(connection, serve);

    /// <inheritdoc/>
    ValueTask IWsPieceHandler.OnPieceAsync(WsConnection connection, WsPiece piece) => pull.OfferAsync(piece);

    /// <inheritdoc/>
    void IWsHandler.OnClosed(WsConnection connection, WsEnding ending) => pull.OnClosed(connection, ending);
}
