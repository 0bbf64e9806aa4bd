using System.Net;
using System.Net.Http;

namespace Conformance;

/// <summary>A gzip event stream, as clients that other people wrote read it: each event when it was sent, and a whole stream at the end.</summary>
public sealed class CompressedEventTests : IAsyncLifetime
{
    readonly RunningServer server = RunningServer.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [SkippableFact]
    public async Task Curl_prints_each_event_at_once_and_finds_the_stream_whole()
    {
        await using Child curl = Curl.Start("--compressed", "-N", "-D", "-", $"{server.Http}/events");
        await curl.LineAsync("Content-Encoding: gzip");
        await ReadLiveAsync(curl);
        await EndStreamAsync();
        Assert.Equal(0, (await curl.EndAsync()).ExitCode);
    }

    [SkippableFact]
    public async Task Nodes_fetch_has_each_event_at_once()
    {
        await using Child node = Child.StartScript("gzip-events.mjs", "fetch", server.Http, "/events");
        await ReadToEndAsync(node);
    }

    [SkippableFact]
    public async Task Chromiums_EventSource_has_each_event_at_once()
    {
        await using Child page = Child.StartScript("gzip-events.mjs", Tools.Chromium, server.Http, "/events");
        await ReadToEndAsync(page);
    }

    [SkippableFact]
    public async Task Pythons_zlib_decodes_each_event_at_once()
    {
        await using Child python = Child.Start(Tools.Python, [Path.Combine(Tools.Clients, "gzip-events.py"), "127.0.0.1", $"{server.Port}", "/events"]);
        await ReadToEndAsync(python);
    }

    [Fact]
    public async Task DotNets_HttpClient_has_each_event_at_once()
    {
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = DecompressionMethods.GZip }) { Timeout = Bounded.Patience };
        using StreamReader reader = new(await client.GetStreamAsync(new Uri($"{server.Http}/events")));
        await UntilAsync(reader, "event: position");
        foreach (string text in Texts)
        {
            await server.PublishAsync(text);
            await UntilAsync(reader, $"data: {text}");
        }
        await EndStreamAsync();
        Assert.NotNull(await reader.ReadToEndAsync().Within("the end"));
    }

    // Short ones are stored, long ones compressed.
    static IEnumerable<string> Texts => ["one", "two", new('x', 5_000), string.Concat(Enumerable.Range(0, 20_000)), "", "last"];

    async Task ReadToEndAsync(Child client)
    {
        await client.LineAsync("encoding gzip");
        await ReadLiveAsync(client);
        await EndStreamAsync();
        await client.LineAsync("whole");
        Assert.Equal("", (await client.EndAsync()).Errors);
    }

    // The next one is published when the last one has come: a client that waits for more bytes would wait for ever.
    async Task ReadLiveAsync(Child client)
    {
        await client.LineAsync("event: position");
        foreach (string text in Texts)
        {
            await server.PublishAsync(text);
            await client.LineAsync($"data: {text}");
        }
    }

    async Task EndStreamAsync()
    {
        using HttpResponseMessage deleted = await server.Client.DeleteAsync(new Uri($"{server.Http}/channels/default"));
        deleted.EnsureSuccessStatusCode();
    }

    static async Task UntilAsync(StreamReader reader, string expected)
    {
        while (await reader.ReadLineAsync().Within(expected[..Math.Min(20, expected.Length)]) is { } line)
            if (line == expected) return;
        Assert.Fail($"the stream ended without {expected}");
    }
}
