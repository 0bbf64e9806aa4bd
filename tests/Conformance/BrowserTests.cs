namespace Conformance;

/// <summary>Chromium: the page at /, its sums without a browser, and the three seed examples as they stand.</summary>
public sealed class BrowserTests : IAsyncLifetime
{
    readonly RunningServer server = RunningServer.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [SkippableTheory]
    [InlineData("1440x900")]
    [InlineData("390x844")]
    public async Task The_page_measures_three_transports_and_one_that_is_cut_loses_nothing(string size)
    {
        await using Child page = Child.StartScript("page.mjs", server.Http, Tools.Chromium, size);
        string[] expected =
        [
            "three transports open",
            "by hand on all three",
            "looked at",
            "ws: 0 lost",
            "sse: 0 lost",
            "poll: 0 lost",
            "figures add up",
            "recommends",
            "done",
        ];
        foreach (string step in expected) await page.LineAsync(step); // a busy machine is slow: each step has its own time
        Assert.Equal(expected, (await page.EndAsync()).Output.TrimEnd('\n').Split('\n'));
    }

    [SkippableTheory]
    [InlineData("16")]
    [InlineData("4096")]
    public async Task The_page_computes_what_a_relay_counts_on_the_wire(string size)
    {
        // A page cannot see how a frame or a stream was compressed, so here none is.
        await using RunningServer uncompressed = RunningServer.Start(new() { Compression = null, EventStreams = new() { Compresses = false } });
        await using Child page = Child.StartScript("lab-wire.mjs", uncompressed.Http, Tools.Chromium, size);
        await page.LineAsync("poll");

        Ended ended = await page.EndAsync();
        Assert.Equal(["ws is right", "sse is right", "poll is right"], ended.Output.TrimEnd('\n').Split('\n'));
        Assert.Equal("", ended.Errors);
    }

    [SkippableFact]
    public async Task The_pages_sums_hold_row_by_row()
    {
        Ended ended = await Child.RunAsync(Tools.PlainNode, ["--test", "--test-reporter=tap", .. Directory.GetFiles(Path.Combine(Tools.Clients, "lab"), "*.test.mjs")]);

        Assert.True(ended.ExitCode == 0, ended.Output);
        Assert.Matches("# pass [1-9]", ended.Output);
    }

    [SkippableFact]
    public async Task The_three_seed_examples_print_what_curl_publishes()
    {
        await using Child seeds = Child.StartScript("seeds.mjs", server.Http, Tools.Chromium);
        await seeds.LineAsync("started");
        await server.WaitForSubscribersAsync("ws", 1);
        await server.WaitForSubscribersAsync("events", 1);
        await server.WaitForSubscribersAsync("poll", 1);

        Assert.Equal("201", await Curl.StatusAsync("-d", "hello", $"{server.Http}/publish"));
        await seeds.LineAsync("done");

        seeds.EndInput();
        Ended ended = await seeds.EndAsync();
        string[] expected = ["echo what I sent", "events hello", "events open", "poll hello", "websocket hello", "websocket open"];
        Assert.Equal(expected, ended.Output.TrimEnd('\n').Split('\n').Except(["started", "done"]).Order(StringComparer.Ordinal));
        Assert.Equal("", ended.Errors);
    }

    [SkippableFact]
    public async Task An_EventSource_that_was_cut_off_comes_back_with_its_id_and_misses_nothing()
    {
        await using CuttableRelay relay = new(server.Port);
        await using Child source = Child.StartScript("event-source.mjs", relay.Http, Tools.Chromium);
        await source.LineAsync("position ");
        string before = await server.PublishAsync("before");
        Assert.Equal($"message {before} before", await source.LineAsync("message "));

        relay.Cut();
        await source.LineAsync("error readyState=0");
        string meanwhile = await server.PublishAsync("meanwhile");

        Assert.Equal($$"""position {"from":"{{before}}","recovered":true}""", await source.LineAsync("position "));
        Assert.Equal($"message {meanwhile} meanwhile", await source.LineAsync("message "));
        Assert.Equal($"message {await server.PublishAsync("after")} after", await source.LineAsync("message "));
        source.EndInput();
        Assert.DoesNotContain("amiss", (await source.EndAsync()).Output, StringComparison.Ordinal);
    }
}
