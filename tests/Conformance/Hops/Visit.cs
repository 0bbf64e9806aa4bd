using System.Net;
using System.Net.Http;
using System.Net.ServerSentEvents;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Conformance.Hops;

/// <summary>One stay at the server by one transport, with clients that no one here wrote. Each way says whether the server ended it.</summary>
sealed class Visit(HopRun run, Reader reader, Random random, bool bad) : IDisposable
{
    const int MaxStay = 3000;

    // A client leaves on its own, if it is not cut before.
    int messagesLeft = random.Next(2) == 0 ? random.Next(1, MaxStay) : int.MaxValue;

    public BadLine Line { get; } = bad
        ? new(run.Server.Port, run.Settings.BytesUntilCut, new(random.Next()), run.Progress, pause: random.Next(8) == 0 ? run.Settings.Messages / 100 : 0)
        : new(run.Server.Port, bytesUntilCut: 0, random, run.Progress, pause: 0);

    string CursorPart => reader.Cursor is { } cursor ? $"&cursor={cursor}" : "";

    public void Dispose() => Line.Dispose();

    /// <summary>Over <c>rawrealtime.v1</c>, with compression at times.</summary>
    public async Task<bool> BySocketAsync(CancellationToken late)
    {
        reader.Transport = "WebSocket";
        using ClientWebSocket socket = new();
        socket.Options.AddSubProtocol("rawrealtime.v1");
        if (random.Next(4) == 0) socket.Options.DangerousDeflateOptions = new();
        await socket.ConnectAsync(new($"ws://127.0.0.1:{run.Server.Port}/ws?{reader.Query}{CursorPart}"), Line.Client, late);
        byte[] message = new byte[32 * 1024];
        for (bool isFirst = true; ; isFirst = false)
        {
            int length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(message.AsMemory(length), late);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Close) return IsFair(socket);
            if (OnFrame(message.AsMemory(0, length), isFirst)) continue;
            if (random.Next(2) == 0) await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, late);
            return false;
        }
    }

    /// <summary>By <c>GET /events</c>; one channel's data plain or as JSON.</summary>
    public async Task<bool> ByEventsAsync(CancellationToken late)
    {
        reader.Transport = "event stream";
        bool asJson = reader.ChannelCount > 1 || random.Next(2) == 0, inField = random.Next(2) == 0;
        using HttpRequestMessage request = new(HttpMethod.Get, Address($"/events?{reader.Query}{(asJson ? "&format=json" : "")}{(inField ? "" : CursorPart)}"));
        if (inField && reader.Cursor is { } cursor) request.Headers.Add("Last-Event-ID", cursor);
        using HttpResponseMessage answer = await Line.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, late);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using Stream stream = await answer.Content.ReadAsStreamAsync(late);
        bool isFirst = true;
        await foreach (SseItem<byte[]> item in SseParser.Create(stream, (_, data) => data.ToArray()).EnumerateAsync(late))
        {
            if (isFirst != (item.EventType == "position")) throw reader.Fault("a position, once and first", item.EventType, Encoding.UTF8.GetString(item.Data));
            isFirst = false;
            byte[] id = Encoding.ASCII.GetBytes(item.EventId ?? throw reader.Fault("an id", "none"));
            if (item.EventType == "position") OnPosition(item.Data);
            else if (asJson) reader.OnMessage(item.Data, id);
            else reader.OnPlain(item.Data, id);
            if (item.EventType != "position" && !StaysAfterMessage()) return false;
        }
        return true;
    }

    /// <summary>By so many polls on one connection, the cursor in the query or as an entity tag.</summary>
    public async Task<bool> ByPollsAsync(int polls, CancellationToken late)
    {
        reader.Transport = "polls";
        string client = random.Next(2) == 0 ? $"&client={Guid.NewGuid()}" : "";
        for (int i = 0; i < polls && !reader.IsDone; i++)
        {
            bool isConditional = reader.Cursor is not null && random.Next(2) == 0;
            int wait = i == 0 || random.Next(4) == 0 ? 0 : 20;
            using HttpRequestMessage request = new(HttpMethod.Get, Address($"/poll?{reader.Query}&wait={wait}&limit={random.Next(1, 300)}{client}{(isConditional ? "" : CursorPart)}"));
            if (isConditional) request.Headers.Add("If-None-Match", $"\"{reader.Cursor}\"");
            using HttpResponseMessage answer = await Line.Client.SendAsync(request, late);
            if (answer.StatusCode == HttpStatusCode.OK) OnBatch(await answer.Content.ReadAsByteArrayAsync(late));
            else OnNothing(answer, isConditional);
        }
        return false;
    }

    bool OnFrame(ReadOnlyMemory<byte> json, bool isFirst)
    {
        Told told = Told.Read(json.Span);
        if (isFirst != told.Type.SequenceEqual("position"u8)) throw reader.Fault("a position, once and first", Encoding.UTF8.GetString(json.Span));
        if (isFirst)
        {
            OnPosition(json);
            return true;
        }
        if (!told.Type.SequenceEqual("message"u8) || told.Cursor.IsEmpty) throw reader.Fault("a message with its cursor", Encoding.UTF8.GetString(json.Span));
        reader.OnMessage(json.Span, default);
        return StaysAfterMessage();
    }

    void OnPosition(ReadOnlyMemory<byte> json)
    {
        using JsonDocument position = JsonDocument.Parse(json);
        reader.OnPosition(position.RootElement);
    }

    void OnBatch(byte[] json)
    {
        using JsonDocument batch = JsonDocument.Parse(json);
        reader.OnPosition(batch.RootElement);
        foreach (JsonElement message in batch.RootElement.GetProperty("messages"u8).EnumerateArray())
            reader.OnMessage(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(message), default);
        reader.OnCursor(Encoding.ASCII.GetBytes(batch.RootElement.GetProperty("cursor"u8).GetString()!));
    }

    void OnNothing(HttpResponseMessage answer, bool isConditional)
    {
        HttpStatusCode expected = isConditional ? HttpStatusCode.NotModified : HttpStatusCode.NoContent;
        string tag = answer.Headers.ETag?.Tag.Trim('"') ?? "";
        if (answer.StatusCode != expected || reader.Cursor is { } cursor && tag != cursor) throw reader.Fault($"{(int)expected} with the same cursor", $"{(int)answer.StatusCode} {tag}");
        if (reader.Cursor is null) reader.OnPosition(JsonElement.Parse($$"""{"from":"{{tag}}","recovered":true}"""));
    }

    bool StaysAfterMessage() => !reader.IsDone && --messagesLeft > 0;

    // 1013: it was too slow, and what it did not take is no longer kept.
    bool IsFair(ClientWebSocket socket) => socket.CloseStatus == (WebSocketCloseStatus)1013 && run.Settings.MayLose
        ? true
        : throw reader.Fault("no close frame", $"{socket.CloseStatus} {socket.CloseStatusDescription}");

    Uri Address(string path) => new($"http://127.0.0.1:{run.Server.Port}{path}");
}
