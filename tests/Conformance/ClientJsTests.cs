namespace Conformance;

/// <summary>The browser client at /client.js: its reader on Node, its types by TypeScript, and all of it in Chromium behind a bad network.</summary>
public sealed class ClientJsTests : IAsyncLifetime
{
    static readonly string Assets = Path.Combine(Tools.Root, "src", "RawRealtime", "Assets");

    readonly RunningServer server = RunningServer.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [SkippableFact]
    public async Task It_reads_event_streams_as_HTML_says_wherever_they_are_cut()
    {
        Ended ended = await Child.RunAsync(Tools.PlainNode, [Path.Combine(Tools.Clients, "event-stream.mjs"), Path.Combine(Assets, "client.js")]);

        string[] lines = ended.Output.TrimEnd('\n').Split('\n');
        Assert.DoesNotContain(lines, line => line.StartsWith("amiss", StringComparison.Ordinal));
        Assert.Equal(["exported: eventStreamReader,subscribe", "done"], lines[^2..]);
        Assert.Equal(25, lines.Length);
        Assert.Equal("", ended.Errors);
    }

    [SkippableFact]
    public async Task Its_types_allow_what_it_takes_and_nothing_else()
    {
        string tsc = Path.Combine(Tools.Clients, "node_modules", "typescript", "bin", "tsc");
        string[] options = ["--noEmit", "--strict", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler", "--lib", "es2022,dom"];
        Ended ended = await Child.RunAsync(Tools.Node, [tsc, .. options, Path.Combine(Tools.Clients, "client-types.ts")]);

        Assert.Equal((0, "", ""), (ended.ExitCode, ended.Output, ended.Errors));
    }

    [SkippableFact]
    public async Task In_Chromium_nothing_is_lost_or_repeated_whatever_the_network_does()
    {
        await using Child client = Child.StartScript("client.mjs", server.Http, Tools.Chromium);
        List<string> told = [];
        for (string line = await client.LineAsync(""); line != "done"; line = await client.LineAsync("")) // a line at least every five seconds, for three minutes at most
            if (line != "…") told.Add(line);

        string[] expected =
        [
            "a WebSocket that has gone silent is given up, and nothing is lost by it",
            "a publish whose acknowledgement was cut off says so",
            "a refusal that no fresh token mends ends it, with the code",
            "a refused WebSocket and a refused event stream give way to the next, and are taken again later",
            "a server that says when to come back is not asked before",
            "an event stream that a proxy gathers gives way to the long poll",
            "by each transport come text, bytes and event names, and a cut loses nothing",
            "callbacks may throw, reconnect and close, in the middle of an answer too",
            "each connection asks for a token, and a refusal asks once more",
            "event names to be had are asked for, on each transport",
            "publishing is acknowledged on the WebSocket and by POST, and refused with the code",
            "what has worked is tried again before the next is taken",
            "what was lost is told, and what is kept is delivered",
            "whatever is cut, refused and reconnected, everything comes once and in order",
        ];
        Assert.Equal(expected, told.Order(StringComparer.Ordinal));
        Assert.Equal("", (await client.EndAsync()).Errors);
    }
}
