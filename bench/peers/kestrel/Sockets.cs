using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace Peers.Kestrel;

/// <summary>WebSockets: echo, and a topic's messages, each as one text message.</summary>
internal static class Sockets
{
    const int SmallBytes = 4 << 10, LargeBytes = 64 << 10;

    public static async Task EchoAsync(HttpContext context)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        byte[] small = new byte[SmallBytes];
        while (await ReceiveAsync(socket, small) is { MessageType: not WebSocketMessageType.Close } got)
        {
            await socket.SendAsync(small.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, context.RequestAborted);
            if (!got.EndOfMessage) await EchoRestAsync(socket);
        }
        await CloseAsync(socket);
    }

    public static async Task SubscribeAsync(HttpContext context, Topic topic)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        Channel<Message> queue = topic.Subscribe();
        Task sending = SendAsync(socket, queue.Reader);
        using MemoryStream message = new();
        byte[] buffer = new byte[SmallBytes];
        while (await ReceiveAsync(socket, buffer) is { MessageType: not WebSocketMessageType.Close } got)
        {
            message.Write(buffer, 0, got.Count);
            if (!got.EndOfMessage) continue;
            await topic.PublishAsync(message.ToArray());
            message.SetLength(0);
        }
        topic.Unsubscribe(queue);
        await sending;
        await CloseAsync(socket);
    }

    static async Task SendAsync(WebSocket socket, ChannelReader<Message> queue)
    {
        try
        {
            while (await queue.WaitToReadAsync())
                while (queue.TryRead(out Message message)) await socket.SendAsync(message.Data.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, default);
        }
        catch (WebSocketException)
        {
            // The client left; the receiving side sees it too.
        }
    }

    // What does not fit into the small buffer goes through a large one, which is held only as long.
    static async Task EchoRestAsync(WebSocket socket)
    {
        byte[] large = ArrayPool<byte>.Shared.Rent(LargeBytes);
        ValueWebSocketReceiveResult got;
        do
        {
            got = await socket.ReceiveAsync(large.AsMemory(), default);
            await socket.SendAsync(large.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, default);
        }
        while (!got.EndOfMessage);
        ArrayPool<byte>.Shared.Return(large);
    }

    static async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(WebSocket socket, byte[] buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer.AsMemory(), default);
        }
        catch (WebSocketException)
        {
            return new(0, WebSocketMessageType.Close, endOfMessage: true); // it left without a close frame
        }
    }

    static Task CloseAsync(WebSocket socket) =>
        socket.State == WebSocketState.CloseReceived ? socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default) : Task.CompletedTask;
}
