using System.Text;
using RawHttp.Client;
using RawHttp.Wire;
using RawNet;
using RawWebSocket.Handshake;
using RawWebSocket.Wire;

namespace RawWebSocket;

/// <summary>Opens WebSockets in the client role. RFC 6455 §4.1. Any thread.</summary>
public sealed class WsClient
{
    // The answer's head must fit: HttpLimits.MaxHeadBytes and a line more.
    const int MaxUnreadBytes = 64 * 1024;

    WsClient(WsConnection connection, Task<WsEnding> completion) => (Connection, Completion) = (connection, completion);

    /// <summary>The open connection.</summary>
    public WsConnection Connection { get; }

    /// <summary>Ends with the connection, and tells why it ended.</summary>
    public Task<WsEnding> Completion { get; }

    /// <summary>Connects, does the opening handshake and starts the receive loop.</summary>
    /// <param name="uri">An absolute <c>ws:</c> or <c>wss:</c> URI without a fragment. RFC 6455 §3.</param>
    /// <param name="handler">Who gets the messages.</param>
    /// <param name="options">What to ask for; null for the defaults.</param>
    /// <param name="cancellation">Gives up before the connection is open; afterwards it has no effect.</param>
    /// <exception cref="ArgumentException">The URI is of another kind, or a field can't stand in a head.</exception>
    /// <exception cref="WsOpeningException">The server answered, but not with a WebSocket.</exception>
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
            ByteChannel channel = await Connector.ConnectAsync(origin.Address, origin.IsSecure ? origin.Host : null, options.Tls, limit.Token).ConfigureAwait(false);
            Connection transport = new(channel, options.Heartbeat ?? Heartbeat.Shared, MaxUnreadBytes, options.Sending);
            return await OpenAsync(transport, origin, uri.PathAndQuery, handler, options, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"The WebSocket was not open after {options.OpenSeconds} s.");
        }
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
            string? subprotocol = await ReadAnswerAsync(transport, key, options.Subprotocols).ConfigureAwait(false);
            if (!abort.Unregister()) limit.ThrowIfCancellationRequested();
            var connection = new WsConnection(transport, WsRole.Client, handler, options.Connection, subprotocol);
            using (ExecutionContext.SuppressFlow()) return new(connection, Task.Run(() => connection.RunAsync().AsTask(), CancellationToken.None));
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
        KeyValuePair<byte[], byte[]>[] fields =
            [.. options.Fields.Select(field => KeyValuePair.Create(Encoding.UTF8.GetBytes(field.Key), Encoding.UTF8.GetBytes(field.Value)))];
        byte[] target = Encoding.ASCII.GetBytes(pathAndQuery);
        byte[] request = new byte[1024 + target.Length + host.Length + subprotocols.Length + fields.Sum(field => field.Key.Length + field.Value.Length + 4)];
        int length = OpeningRequest.Write(request, target, host, key, subprotocols, fields);
        transport.Outbox.TryWrite(request.AsSpan(0, length));
        transport.Outbox.Flush();
    }

    /// <summary>Reads the head of the answer; what came behind it stays in the inbox. Returns the subprotocol that was chosen.</summary>
    static async Task<string?> ReadAnswerAsync(Connection transport, byte[] key, IReadOnlyList<string> offered)
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
            OpeningFault fault = OpeningResponseRules.Check(head, key, [.. offered], out int chosen);
            return fault == OpeningFault.None ? chosen < 0 ? null : offered[chosen] : throw new WsOpeningException(fault, head.Status);
        }
    }
}
