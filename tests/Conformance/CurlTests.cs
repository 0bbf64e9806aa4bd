using System.Net.Http;
using System.Text.RegularExpressions;

namespace Conformance;

/// <summary>curl publishes, polls and listens, as the README shows it.</summary>
public sealed partial class CurlTests : IAsyncLifetime
{
    readonly RunningServer server = RunningServer.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [SkippableFact]
    public async Task The_lines_of_the_readme_do_what_it_says()
    {
        _ = Tools.Curl;
        string[] lines = [.. CurlLines().Matches(await File.ReadAllTextAsync(Path.Combine(Tools.Root, "README.md"))).Select(line => line.Groups[1].Value.Replace(":5000", $":{server.Port}", StringComparison.Ordinal))];
        Assert.Equal(4, lines.Length);

        await using Child events = Paste(lines[0]), poll = Paste(lines[1]);
        await events.LineAsync("event: position");
        await server.WaitForSubscribersAsync("poll", 1);
        await using Child publish = Paste(lines[2]);

        Assert.Contains("\"subscribers\":2", (await publish.EndAsync()).Output, StringComparison.Ordinal);
        Assert.Equal("data: hello", await events.LineAsync("data: hello"));
        Assert.Contains("\"data\":\"hello\"", (await poll.EndAsync()).Output, StringComparison.Ordinal);
        await using Child earliest = Paste(lines[3]);
        Assert.Contains("\"data\":\"hello\"", (await earliest.EndAsync()).Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_event_stream_over_http_1_0_ends_with_the_connection()
    {
        await using Child events = Curl.Start("--http1.0", "-N", "-i", $"{server.Http}/events");
        await events.LineAsync("event: position");
        await server.PublishAsync("to an old client");
        await events.LineAsync("data: to an old client");
        using HttpResponseMessage deleted = await server.Client.DeleteAsync(new Uri($"{server.Http}/channels/default"));

        Ended ended = await events.EndAsync();
        Assert.Equal(0, ended.ExitCode);
        Assert.DoesNotContain("chunked", ended.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Connection: close", ended.Output, StringComparison.OrdinalIgnoreCase);
    }

    [SkippableFact]
    public async Task A_cursor_in_If_None_Match_is_answered_with_304_and_one_in_the_query_with_204()
    {
        string id = await server.PublishAsync("kept");

        Assert.Equal("304", await Curl.StatusAsync("-H", $"If-None-Match: \"{id}\"", $"{server.Http}/poll?wait=0"));
        Assert.Equal("204", await Curl.StatusAsync($"{server.Http}/poll?wait=0&cursor={id}"));
    }

    [SkippableFact]
    public async Task The_entity_tag_that_curl_keeps_is_its_cursor()
    {
        string tag = Path.GetTempFileName();
        try
        {
            string poll = $"{server.Http}/poll?wait=0";
            Assert.Equal("204", await Curl.StatusAsync("--etag-save", tag, poll));
            for (int i = 0; i < 3; i++)
            {
                await server.PublishAsync($"news {i}");
                string batch = await Curl.OutputAsync("--etag-compare", tag, "--etag-save", tag, poll);
                Assert.Contains($"\"messages\":[{{\"channel\":\"default\",\"id\":", batch, StringComparison.Ordinal);
                Assert.Contains($"\"data\":\"news {i}\"", batch, StringComparison.Ordinal);
                Assert.DoesNotContain($"news {i - 1}", batch, StringComparison.Ordinal);
                Assert.Equal("304", await Curl.StatusAsync("--etag-compare", tag, poll));
            }
        }
        finally
        {
            File.Delete(tag);
        }
    }

    [SkippableFact]
    public async Task An_event_stream_goes_on_behind_the_id_that_curl_sends()
    {
        string first = await server.PublishAsync("first");
        await server.PublishAsync("second");
        await using Child events = Curl.Start("-N", "-H", $"Last-Event-ID: {first}", $"{server.Http}/events");

        Assert.Equal($"id: {first}", await events.LineAsync("id: "));
        Assert.Equal($$"""data: {"from":"{{first}}","recovered":true}""", await events.LineAsync("data: "));
        Assert.Equal("data: second", await events.LineAsync("data: "));
    }

    [SkippableFact]
    public async Task What_is_published_as_bytes_is_told_as_base64()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, [0, 0xFF, 1]);
            await Curl.OutputAsync("-H", "Content-Type: application/octet-stream", "--data-binary", $"@{file}", $"{server.Http}/publish");
        }
        finally
        {
            File.Delete(file);
        }

        string batch = await Curl.OutputAsync($"{server.Http}/poll?cursor=earliest");
        Assert.Contains("\"data\":\"AP8B\",\"encoding\":\"base64\"", batch, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Multipart_of_curl_is_bytes_and_a_form_is_text()
    {
        await Curl.OutputAsync("-F", "field=value", $"{server.Http}/publish?channel=multipart");
        await Curl.OutputAsync("-d", "a=%C3%A4+b", $"{server.Http}/publish?channel=form");

        Assert.Contains("\"encoding\":\"base64\"", await Curl.OutputAsync($"{server.Http}/poll?channel=multipart&cursor=earliest"), StringComparison.Ordinal);
        Assert.Contains("\"data\":\"a=%C3%A4+b\"", await Curl.OutputAsync($"{server.Http}/poll?channel=form&cursor=earliest"), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("evil.example", "421")]
    [InlineData("localhost", "200")]
    public async Task A_foreign_host_name_is_refused(string host, string status) => Assert.Equal(status, await Curl.StatusAsync("-H", $"Host: {host}", $"{server.Http}/healthz"));

    [SkippableTheory]
    [InlineData("https://evil.example", "403")]
    [InlineData(null, "202")] // curl sends none
    public async Task A_foreign_page_may_not_publish(string? origin, string status) =>
        Assert.Equal(status, await Curl.StatusAsync([.. origin is null ? [] : new[] { "-H", $"Origin: {origin}" }, "-d", "x", $"{server.Http}/publish"]));

    static Child Paste(string line) => Child.Start(Tools.Shell, ["-c", line]);

    [GeneratedRegex(@"^(curl .*?) *(?:#.*)?$", RegexOptions.Multiline)]
    private static partial Regex CurlLines();
}
