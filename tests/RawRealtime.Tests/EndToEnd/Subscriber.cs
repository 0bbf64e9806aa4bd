using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Net.WebSockets;
using System.Text.Json;

namespace RawRealtime.Tests.EndToEnd;

/// <summary>One message as a subscriber got it: where it stands, and its data.</summary>
public readonly record struct Received(string Cursor, string Data);

/// <summary>
/// Subscribes to one channel with clients that no one here wrote. Each method runs until the one who gets the messages says
/// stop; a position that was not recovered is told as a message with an empty cursor.
/// </summary>
public static class Subscriber
{
    public delegate bool OnMessage(Received message);

    public static async Task BySocketAsync(LiveServer server, string channel, string? cursor, Action onOpen, OnMessage onMessage)
    {
        using ClientWebSocket socket = new();
        socket.Options.AddSubProtocol("rawrealtime.v1");
        await socket.ConnectAsync(new(server.SocketAddress, $"/ws?channel={channel}{CursorPart(cursor)}"), CancellationToken.None);
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close) throw new InvalidOperationException($"closed: {socket.CloseStatus} {socket.CloseStatusDescription}");
            JsonElement message = JsonDocument.Parse(buffer.AsMemory(0, received.Count)).RootElement;
            if (message.GetProperty("type"u8).ValueEquals("position"u8)) TellPosition(message, onOpen, onMessage);
            else if (!onMessage(new(message.GetProperty("cursor"u8).GetString()!, message.GetProperty("data"u8).GetString()!))) break;
        }
        socket.Abort(); // as a cut connection: no closing handshake
    }

    public static async Task ByEventsAsync(LiveServer server, string channel, string? cursor, Action onOpen, OnMessage onMessage)
    {
        using Stream stream = await server.Http.GetStreamAsync($"/events?channel={channel}{CursorPart(cursor)}");
        string lastId = "";
        await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync())
        {
            lastId = item.EventId ?? lastId;
            if (item.EventType == "position") TellPosition(JsonDocument.Parse(item.Data).RootElement, onOpen, onMessage);
            else if (!onMessage(new(lastId, item.Data))) return;
        }
        throw new InvalidOperationException("the stream ended");
    }

    public static async Task ByPollsAsync(LiveServer server, string channel, string? cursor, Action onOpen, OnMessage onMessage)
    {
        string? next = cursor;
        bool isOpen = false;
        while (true)
        {
            // The first poll is not held: it tells where the subscription begins.
            using HttpResponseMessage answer = await server.Http.GetAsync($"/poll?channel={channel}&limit=1000&wait={(isOpen ? 30 : 0)}{CursorPart(next)}");
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                JsonElement batch = await answer.Content.ReadFromJsonAsync<JsonElement>();
                if (!isOpen || !batch.GetProperty("recovered"u8).GetBoolean()) TellPosition(batch, () => { }, onMessage);
                foreach (JsonElement message in batch.GetProperty("messages"u8).EnumerateArray())
                    if (!onMessage(new(message.GetProperty("id"u8).GetString()!, message.GetProperty("data"u8).GetString()!))) return;
                next = batch.GetProperty("cursor"u8).GetString();
            }
            else
            {
                Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
                next = answer.Headers.ETag!.Tag.Trim('"');
            }
            if (!isOpen) onOpen();
            isOpen = true;
        }
    }

    static void TellPosition(JsonElement position, Action onOpen, OnMessage onMessage)
    {
        if (!position.GetProperty("recovered"u8).GetBoolean()) onMessage(new("", position.GetProperty("reason"u8).GetString()!));
        onOpen();
    }

    static string CursorPart(string? cursor) => cursor is null ? "" : "&cursor=" + cursor;
}
