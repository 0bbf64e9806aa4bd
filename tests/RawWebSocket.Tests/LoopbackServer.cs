using System.Net;
using System.Net.Sockets;
using RawHttp.Wire;
using RawNet;
using RawWebSocket.Handshake;
using RawWebSocket.Wire;

namespace RawWebSocket.Tests;

/// <summary>The smallest server that can be connected to: each connection gets the opening handshake and then the handler. Ephemeral port.</summary>
sealed class LoopbackServer : IAsyncDisposable
{
    readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly Heartbeat heartbeat = new(TimeProvider.System);
    readonly Func<IWsHandler> handlers;
    readonly string[] subprotocols;
    readonly WsOptions options;
    readonly Task accepting;

    public LoopbackServer(Func<IWsHandler> handlers, WsOptions? options = null, params string[] subprotocols)
    {
        (this.handlers, this.options, this.subprotocols) = (handlers, options ?? WsOptions.Default, subprotocols);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Uri = new($"ws://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}/chat?room=1");
        accepting = AcceptAll();
    }

    public Uri Uri { get; }

    /// <summary>How the connections ended, in that order.</summary>
    public System.Threading.Channels.Channel<(WsEnding Ending, WsConnection Connection)> Endings { get; } =
        System.Threading.Channels.Channel.CreateUnbounded<(WsEnding, WsConnection)>();

    async Task AcceptAll()
    {
        try
        {
            while (true) _ = Serve(await listener.AcceptAsync());
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            return; // disposed
        }
    }

    async Task Serve(Socket socket)
    {
        var transport = new Connection(new SocketChannel(socket), heartbeat, 64 * 1024, SendQueueOptions.Default);
        var head = new RequestHead();
        var reader = new RequestHeadReader(HttpLimits.Default);
        ReadResult result = default;
        while (result.Status == ReadStatus.NeedMore)
        {
            if (await transport.ReceiveAsync() == 0) return;
            result = reader.Read(transport.Inbox.Unread, head);
        }
        transport.Inbox.Consume(result.Consumed);
        HttpFault fault = UpgradeRules.Check(head);
        int chosen = Subprotocols.Choose(head.Fields, subprotocols);
        transport.Outbox.TryWrite(Answer(head, fault, chosen));
        transport.Outbox.Flush();
        var connection = new WsConnection(transport, WsRole.Server, handlers(), options, chosen < 0 ? null : subprotocols[chosen]);
        if (fault == HttpFault.None) Endings.Writer.TryWrite((await connection.RunAsync(), connection));
        else await transport.EndSendingAsync();
    }

    static byte[] Answer(RequestHead head, HttpFault fault, int chosen)
    {
        byte[] block = new byte[512], accept = new byte[AcceptKey.AcceptBytes];
        var writer = new ResponseHeadWriter(block);
        writer.StatusLine(fault == HttpFault.None ? 101 : HttpFaults.StatusOf(fault));
        if (fault == HttpFault.None && head.Fields.TryGet("sec-websocket-key"u8, out ReadOnlySpan<byte> key))
        {
            AcceptKey.Write(key, accept);
            writer.Field("Upgrade"u8, "websocket"u8);
            writer.Field("Connection"u8, "Upgrade"u8);
            writer.Field("Sec-WebSocket-Accept"u8, accept);
            if (chosen >= 0) writer.Field("Sec-WebSocket-Protocol"u8, "v1"u8);
        }
        writer.End();
        return block[..writer.Length];
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await accepting;
        heartbeat.Dispose();
    }
}
