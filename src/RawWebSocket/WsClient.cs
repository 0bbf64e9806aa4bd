using System.Text;
using RawHttp.Client;
using RawHttp.Wire;
using RawNet;
using RawWebSocket.Deflate;
using RawWebSocket.Handshake;
using RawWebSocket.Wire;

namespace RawWebSocket;

/// <summary>
/// A WebSocket in the client role. RFC 6455 §4.1. Its messages are told to a handler, or asked for with <see cref="ReceiveAsync"/> and
/// <see cref="ReadAllAsync"/>: by one caller at a time. All else from any thread.
/// </summary>
public sealed class WsClient : IAsyncDisposable
{
    // The answer's head must fit: HttpLimits.MaxHeadBytes and a line more.
    const int MaxUnreadBytes = 64 * 1024;

    readonly IWsHandler handler;

    WsClient(WsConnection connection, IWsHandler handler, Task<WsEnding> completion) =>
        (Connection, this.handler, Completion) = (connection, handler, completion);

    /// <summary>The open connection.</summary>
    public WsConnection Connection { get; }

    /// <summary>Ends with the connection, and tells why it ended.</summary>
    public Task<WsEnding> Completion { get; }

    WsMessageReader Messages => handler as WsMessageReader ?? throw new InvalidOperationException("The messages go to the handler that ConnectAsync was given. Connect without one to ask for them.");

    /// <summary>Connects as <see cref="ConnectAsync(Uri, IWsHandler, WsClientOptions, CancellationToken)"/>, for messages that are asked for.</summary>
    /// <param name="uri">As there.</param>
    /// <param name="options">As there.</param>
    /// <param name="cancellation">As there.</param>
    /// <remarks>Dispose it: that closes the connection. Ask until the end, or the server's close frame is not read and no pong is.</remarks>
    public static Task<WsClient> ConnectAsync(Uri uri, WsClientOptions? options = null, CancellationToken cancellation = default) =>
        ConnectAsync(uri, new WsMessageReader(), options, cancellation);

    /// <summary>Waits for the next message: see <see cref="WsMessageReader.ReceiveAsync"/>.</summary>
    /// <param name="cancellation">As there.</param>
    /// <returns>As there.</returns>
    /// <exception cref="WsClosedException">The connection ended otherwise than by the closing handshake.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="InvalidOperationException">Another call waits, or a handler is told the messages.</exception>
    public ValueTask<WsMessage?> ReceiveAsync(CancellationToken cancellation = default) => Messages.ReceiveAsync(cancellation);

    /// <summary>All messages until the connection is closed: see <see cref="WsMessageReader.ReadAllAsync"/>.</summary>
    /// <param name="cancellation">As there.</param>
    /// <exception cref="InvalidOperationException">A handler is told the messages.</exception>
    public IAsyncEnumerable<WsMessage> ReadAllAsync(CancellationToken cancellation = default) => Messages.ReadAllAsync(cancellation);

    /// <summary>
    /// Closes with 1000 if it is still open, and waits for the end, at most <see cref="WsOptions.CloseWaitSeconds"/>. The message that is
    /// held is let go. Not from inside of a handler, which would wait for itself.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        Connection.Close(CloseCode.Normal);
        (handler as IPulled)?.Stop();
        await Completion.ConfigureAwait(false);
    }

    /// <summary>Connects, does the opening handshake and starts the receive loop.</summary>
    /// <param name="uri">An absolute <c>ws:</c> or <c>wss:</c> URI without a fragment. RFC 6455 §3.</param>
    /// <param name="handler">Who gets the messages.</param>
    /// <param name="options">What to ask for; null for the defaults.</param>
    /// <param name="cancellation">Gives up before the connection is open; afterwards it has no effect.</param>
    /// <exception cref="ArgumentException">The URI is of another kind, or a field can't stand in a head.</exception>
    /// <exception cref="WsOpeningException">The server answered, but not with a WebSocket.</exception>
    /// <exception cref="HttpProxyException">The proxy can't be reached, or makes no tunnel.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="TimeoutException">It took longer than <see cref="WsClientOptions.OpenSeconds"/>.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The server can't be reached, or reset the connection.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">wss: the server speaks no TLS that we accept, or its certificate does not prove the host's name.</exception>
    /// <exception cref="IOException">The server ended the connection before its answer was complete.</exception>
    public static async Task<WsClient> ConnectAsync(Uri uri, IWsHandler handler, WsClientOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ArgumentNullException.ThrowIfNull(handler);
        if (!uri.IsAbsoluteUri || uri.Scheme is not ("ws" or "wss") || uri.Fragment.Length > 0)
            throw new ArgumentException("A WebSocket URI is ws://host[:port]/path[?query], or wss://… (RFC 6455 §3).", nameof(uri));
        options ??= WsClientOptions.Default;
        HttpOrigin origin = HttpOrigin.Of(uri, options.UnixPath);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(options.OpenSeconds));
        try
        {
            ByteChannel channel = await DialAsync(origin, options, limit.Token).ConfigureAwait(false);
            Connection transport = new(channel, options.Heartbeat ?? Heartbeat.Shared, MaxUnreadBytes, options.Sending);
            return await OpenAsync(transport, origin, uri.PathAndQuery, handler, options, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"The WebSocket was not open after {options.OpenSeconds} s.");
        }
    }

    static Task<ByteChannel> DialAsync(HttpOrigin origin, WsClientOptions options, CancellationToken limit)
    {
        if (options.Tunnel is null) return Connector.ConnectAsync(origin.Address, origin.IsSecure ? origin.Host : null, options.Tls, limit);
        if (options.UnixPath is not null) throw new ArgumentException("No proxy leads to a Unix-domain socket: set Proxy or UnixPath.", nameof(options));
        return options.Tunnel.ConnectAsync(origin, options.Tls, limit);
    }

    static async Task<WsClient> OpenAsync(
        Connection transport, HttpOrigin origin, string pathAndQuery, IWsHandler handler, WsClientOptions options, CancellationToken limit)
    {
        try
        {
            using CancellationTokenRegistration abort = limit.UnsafeRegister(static t => ((Connection)t!).Abort(), transport);
            byte[] key = new byte[AcceptKey.KeyBytes];
            AcceptKey.WriteNewKey(key);
            SendRequest(transport, origin, pathAndQuery, key, options);
            (string? subprotocol, DeflateParameters? compression) = await ReadAnswerAsync(transport, key, options).ConfigureAwait(false);
            if (!abort.Unregister()) limit.ThrowIfCancellationRequested();
            var connection = new WsConnection(transport, WsRole.Client, handler, options.Connection, subprotocol, compression);
            using (ExecutionContext.SuppressFlow()) return new(connection, handler, Task.Run(() => connection.RunAsync().AsTask(), CancellationToken.None));
        }
        catch (Exception failure)
        {
            transport.Dispose();
            if (failure is not WsOpeningException) limit.ThrowIfCancellationRequested(); // what failed was aborted by us
            throw;
        }
    }

    static void SendRequest(Connection transport, HttpOrigin origin, string pathAndQuery, byte[] key, WsClientOptions options)
    {
        byte[] host = Encoding.ASCII.GetBytes(origin.Authority);
        byte[] subprotocols = Encoding.UTF8.GetBytes(string.Join(", ", options.Subprotocols));
        byte[] extensions = options.Connection.Compression is { } compression ? DeflateNegotiation.Offer(compression) : [];
        KeyValuePair<byte[], byte[]>[] fields =
            [.. options.Fields.Select(field => KeyValuePair.Create(Encoding.UTF8.GetBytes(field.Key), Encoding.UTF8.GetBytes(field.Value)))];
        byte[] target = Encoding.ASCII.GetBytes(pathAndQuery);
        byte[] request = new byte[1024 + target.Length + host.Length + subprotocols.Length + fields.Sum(field => field.Key.Length + field.Value.Length + 4)];
        int length = OpeningRequest.Write(request, target, host, key, subprotocols, extensions, fields);
        transport.Outbox.TryWrite(request.AsSpan(0, length));
        transport.Outbox.Flush();
    }

    /// <summary>Reads the head of the answer; what came behind it stays in the inbox. Returns what was agreed on.</summary>
    static async Task<(string? Subprotocol, DeflateParameters? Compression)> ReadAnswerAsync(Connection transport, byte[] key, WsClientOptions options)
    {
        var reader = new ResponseHeadReader(HttpLimits.Default);
        var head = new ResponseHead();
        while (true)
        {
            if (await transport.ReceiveAsync().ConfigureAwait(false) == 0) throw new IOException("The server ended the connection before its answer was complete.");
            ReadResult result = reader.Read(transport.Inbox.Unread, head);
            if (result.Status == ReadStatus.Invalid) throw new WsOpeningException(result.Fault);
            if (result.Status == ReadStatus.NeedMore) continue;
            transport.Inbox.Consume(result.Consumed);
            OpeningFault fault = OpeningResponseRules.Check(
                head, key, [.. options.Subprotocols], options.Connection.Compression, out int chosen, out DeflateParameters? compression);
            if (fault != OpeningFault.None) throw new WsOpeningException(fault, head.Status);
            return (chosen < 0 ? null : options.Subprotocols[chosen], compression);
        }
    }
}
