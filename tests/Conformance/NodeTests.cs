using System.Net.Http;
using System.Text.Json;

namespace Conformance;

/// <summary>Node's <c>ws</c> and <c>eventsource</c>, as their users use them.</summary>
public sealed class NodeTests : IAsyncLifetime
{
    readonly RunningServer server = RunningServer.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [SkippableFact]
    public async Task Ws_gets_back_from_echo_what_it_sent_and_the_close_codes_that_fit()
    {
        Ended ended = await Child.RunAsync(Tools.Node, [Path.Combine(Tools.Clients, "echo.mjs"), $"{server.Ws}/echo"]);

        string[] expected =
        [
            "text: text grüß dich 👋",
            "empty: text of 0",
            "binary: binary as sent",
            "fragmented: text one two three",
            "mebibyte: as sent",
            "order: 1000 in order",
            "ping: pong are you there",
            "close: 1000",
            "close without a code: 1005",
            "close of the application: 4999",
            "too big: 1009 the message is larger than is taken here (RFC 6455 10.4)",
            "not UTF-8: 1007 the text is not UTF-8 (RFC 6455 8.1)",
            "done",
        ];
        Assert.Equal(expected, ended.Output.TrimEnd('\n').Split('\n'));
        Assert.Equal("", ended.Errors);
    }

    [SkippableFact]
    public async Task A_plain_WebSocket_receives_what_curl_publishes_and_publishes_what_it_sends()
    {
        await using Child socket = Child.StartScript("seed-websocket.mjs", $"{server.Ws}/ws");
        await socket.LineAsync("open");

        Assert.Equal("201", await Curl.StatusAsync("-d", "from curl", $"{server.Http}/publish"));
        await socket.LineAsync("message from curl");
        await socket.WriteLineAsync("from Node");
        await socket.LineAsync("message from Node");

        Assert.Contains("\"data\":\"from Node\"", await Curl.OutputAsync($"{server.Http}/poll?cursor=earliest"), StringComparison.Ordinal);
        socket.EndInput();
        await socket.LineAsync("close 1000");
        Assert.Equal("", (await socket.EndAsync()).Errors);
    }

    [SkippableFact]
    public async Task A_deleted_channel_closes_its_WebSocket_with_1001()
    {
        await using Child socket = Child.StartScript("seed-websocket.mjs", $"{server.Ws}/ws?channel=short-lived");
        await socket.LineAsync("open");
        await socket.WriteLineAsync("so that it is there");
        await socket.LineAsync("message so that it is there");

        using HttpResponseMessage deleted = await server.Client.DeleteAsync(new Uri($"{server.Http}/channels/short-lived"));

        Assert.Matches("^close 1001 .+", await socket.LineAsync("close"));
    }

    [SkippableFact]
    public async Task Over_our_subprotocol_messages_come_with_cursors_and_publishing_is_acknowledged()
    {
        string first = await server.PublishAsync("kept");
        await using Child socket = Child.StartScript("seed-websocket.mjs", $"{server.Ws}/ws?cursor=earliest", "rawrealtime.v1");

        Assert.True((await JsonAsync(socket, "message ")).GetProperty("recovered").GetBoolean());
        JsonElement kept = await JsonAsync(socket, "message ");
        Assert.Equal((first, first, "kept"), (Text(kept, "id"), Text(kept, "cursor"), Text(kept, "data")));

        await socket.WriteLineAsync("""{"type":"publish","channel":"default","data":"new","event":"note","ref":7}""");
        JsonElement[] two = [await JsonAsync(socket, "message "), await JsonAsync(socket, "message ")]; // in either order
        JsonElement ack = two.Single(m => Text(m, "type") == "ack"), message = two.Single(m => Text(m, "type") == "message");
        Assert.Equal((Text(message, "id"), 7, 1), (Text(ack, "id"), ack.GetProperty("ref").GetInt32(), ack.GetProperty("subscribers").GetInt32()));
        Assert.Equal(("new", "note"), (Text(message, "data"), Text(message, "event")));

        await socket.WriteLineAsync("no JSON at all");
        Assert.Equal("error", Text(await JsonAsync(socket, "message "), "type"));
        await socket.WriteLineAsync("""{"type":"subscribe","channel":"other","cursor":"earliest","ref":"r"}""");
        JsonElement position = await JsonAsync(socket, "message ");
        Assert.Equal(("position", "other", "r"), (Text(position, "type"), Text(position, "channel"), Text(position, "ref")));
        await server.PublishAsync("elsewhere", "other");
        Assert.Equal("elsewhere", Text(await JsonAsync(socket, "message "), "data"));
    }

    [SkippableFact]
    public async Task An_event_source_that_was_cut_off_comes_back_with_its_id_and_misses_nothing()
    {
        await using CuttableRelay relay = new(server.Port);
        await using Child source = Child.StartScript("seed-events.mjs", $"{relay.Http}/events");
        await JsonAsync(source, "position ");
        string before = await server.PublishAsync("before");
        await source.LineAsync($"message {before} before");

        relay.Cut();
        await source.LineAsync("error readyState=0");
        string meanwhile = await server.PublishAsync("meanwhile");

        JsonElement position = await JsonAsync(source, "position ");
        Assert.Equal((before, true), (Text(position, "from"), position.GetProperty("recovered").GetBoolean()));
        Assert.Equal($"message {meanwhile} meanwhile", await source.LineAsync("message "));
        Assert.Equal($"message {await server.PublishAsync("after")} after", await source.LineAsync("message "));
    }

    [SkippableFact]
    public async Task An_event_source_survives_a_drain_and_is_told_by_the_successor_what_became_of_its_channel()
    {
        await using Child source = Child.StartScript("seed-events.mjs", $"{server.Http}/events");
        await JsonAsync(source, "position ");
        string before = await server.PublishAsync("before");
        await source.LineAsync($"message {before} before");

        Assert.True(await server.DrainAsync().Within("the drain"));
        await server.DisposeAsync();
        await using RunningServer successor = RunningServer.Start(port: server.Port);
        string kept = await successor.PublishAsync("kept");

        JsonElement position = await JsonAsync(source, "position ");
        Assert.Equal((false, "epoch-changed"), (position.GetProperty("recovered").GetBoolean(), Text(position, "reason")));
        Assert.Equal($"message {kept} kept", await source.LineAsync("message "));
    }

    static async Task<JsonElement> JsonAsync(Child child, string beginning) => JsonElement.Parse((await child.LineAsync(beginning))[beginning.Length..]);

    static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
