namespace Conformance;

/// <summary>Chromium: the page at /, and the three seed examples as they stand.</summary>
public sealed class BrowserTests : IAsyncLifetime
{
    readonly RunningServer server = RunningServer.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [SkippableTheory]
    [InlineData("1440x900")]
    [InlineData("390x844")]
    public async Task The_page_shows_a_message_in_three_panels_and_a_panel_that_was_cut_catches_up(string size)
    {
        await using Child page = Child.StartScript("page.mjs", server.Http, Tools.Chromium, size);
        await page.LineAsync("three panels open"); // a busy machine starts a browser slowly: each step has its own time
        await page.LineAsync("done");

        string[] expected =
        [
            "three panels open",
            "shown in three panels",
            "ws: Resumed after #1, nothing missed.",
            "events: Resumed after #2, nothing missed.",
            "poll: Resumed after #3, nothing missed.",
            "done",
        ];
        Assert.Equal(expected, (await page.EndAsync()).Output.TrimEnd('\n').Split('\n'));
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
