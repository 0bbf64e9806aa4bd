using RawRealtime.Server;

namespace Conformance;

/// <summary>HTTP as curl speaks it: framing, limits, connections, TLS.</summary>
public sealed class CurlHttpTests : IAsyncLifetime
{
    const int MiB = 1 << 20;

    readonly RunningServer server = RunningServer.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [SkippableFact]
    public async Task Content_may_come_in_chunks()
    {
        await using Child publish = Curl.Start("-H", "Transfer-Encoding: chunked", "--data-binary", "@-", "-w", "%{http_code}", $"{server.Http}/publish");
        await publish.WriteLineAsync("piece by piece");
        publish.EndInput();

        Assert.EndsWith("202\n", (await publish.EndAsync()).Output, StringComparison.Ordinal);
        Assert.Contains("\"data\":\"piece by piece\\n\"", await Curl.OutputAsync($"{server.Http}/poll?cursor=earliest"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Who_waits_for_100_Continue_gets_it()
    {
        Ended ended = await Curl.RunAsync("-v", "-H", "Expect: 100-continue", "--expect100-timeout", "20", "-d", "x", $"{server.Http}/publish");

        Assert.Contains("< HTTP/1.1 100 Continue", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("< HTTP/1.1 202 ", ended.Errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task HTTP_1_0_is_answered_and_closed()
    {
        Ended ended = await Curl.RunAsync("-v", "--http1.0", $"{server.Http}/healthz", $"{server.Http}/healthz");

        Assert.Equal("ok\nok\n", ended.Output);
        Assert.Contains("< Connection: close", ended.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [SkippableTheory]
    [InlineData("/", "200", "text/html; charset=utf-8")]
    [InlineData("/healthz", "200", "text/plain; charset=utf-8")]
    [InlineData("/events", "200", "text/event-stream; charset=utf-8")]
    [InlineData("/poll?wait=60", "204", "")]
    [InlineData("/nowhere", "404", "application/problem+json")]
    public async Task HEAD_answers_as_GET_would_and_holds_nothing(string path, string status, string type) =>
        Assert.EndsWith($"\n{status} 0 {type}\n", await Curl.OutputAsync("-I", "-w", "\n%{http_code} %{size_download} %{content_type}\n", server.Http + path), StringComparison.Ordinal);

    [SkippableFact]
    public async Task One_connection_serves_many_requests()
    {
        string output = await Curl.OutputAsync(
            "-w", "%{num_connects} ", "-o", "/dev/null", $"{server.Http}/healthz", "-o", "/dev/null", $"{server.Http}/nowhere", "-o", "/dev/null", $"{server.Http}/poll?wait=0", "-o", "/dev/null", $"{server.Http}/");
        Assert.Equal("1 0 0 0", output.TrimEnd());
    }

    [SkippableFact]
    public async Task A_request_line_of_8000_bytes_is_taken()
    {
        string text = new('x', 8000 - "GET /poll?data= HTTP/1.1".Length);
        Assert.Equal(text, (await Curl.OutputAsync($"{server.Http}/poll?data={text}")).TrimEnd());
    }

    [SkippableFact]
    public async Task A_target_over_the_limit_is_answered_with_414() =>
        await AssertRefusedAsync("414", "target-too-long", $"{server.Http}/poll?data={new string('x', 9000)}");

    [SkippableFact]
    public async Task A_head_over_the_limit_is_answered_with_431() =>
        await AssertRefusedAsync("431", "fields-too-large", "-H", $"X-Long: {new string('x', 40_000)}", $"{server.Http}/healthz");

    [SkippableTheory]
    [InlineData("Expect:")] // sent without asking: answered while content still comes
    [InlineData("Expect: 100-continue")] // asked first: never sent
    public async Task Content_over_the_limit_is_answered_with_413(string expect)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, new byte[MiB + 1]);
            Assert.Equal("413", await Curl.StatusAsync("-H", expect, "--data-binary", $"@{file}", $"{server.Http}/publish"));
            await File.WriteAllTextAsync(file, new string('x', MiB));
            Assert.Equal("202", await Curl.StatusAsync("-H", expect, "--data-binary", $"@{file}", $"{server.Http}/publish"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [SkippableTheory]
    [InlineData("-X", "PUT", "/publish", "405", "POST")]
    [InlineData("-X", "POST", "/poll", "405", "GET")]
    public async Task A_method_that_is_not_served_is_told_which_are(string flag, string method, string path, string status, string allowed)
    {
        string output = await Curl.OutputAsync("-i", flag, method, server.Http + path);

        Assert.StartsWith($"HTTP/1.1 {status} ", output, StringComparison.Ordinal);
        Assert.Contains(output.Split("\r\n").SelectMany(line => line.Split('\n')), line => line.StartsWith("Allow:", StringComparison.OrdinalIgnoreCase) && line.Contains(allowed, StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("--tlsv1.2", "--tls-max", "1.2")]
    [InlineData("--tlsv1.3", "--tls-max", "1.3")]
    public async Task TLS_with_a_certificate_from_pem_files_carries_all_the_same(string least, string flag, string most)
    {
        using PemFiles pem = new();
        await using RunningServer secure = RunningServer.Start(new ServerOptions { Tls = new() { Pem = [new(pem.Certificate, pem.Key)] } });
        string[] tls = [least, flag, most, "-k"];

        Assert.StartsWith("https://", secure.Http, StringComparison.Ordinal);
        Assert.Equal("202", await Curl.StatusAsync([.. tls, "-d", "secret", $"{secure.Http}/publish"]));
        Assert.Contains("\"data\":\"secret\"", await Curl.OutputAsync([.. tls, $"{secure.Http}/poll?cursor=earliest"]), StringComparison.Ordinal);
        await using Child events = Curl.Start([.. tls, "-N", $"{secure.Http}/events?cursor=earliest"]);
        await events.LineAsync("data: secret");
        Assert.Equal("1.1", (await Curl.OutputAsync([.. tls, "-o", "/dev/null", "-w", "%{http_version}", $"{secure.Http}/healthz"])).TrimEnd());
    }

    static async Task AssertRefusedAsync(string status, string code, params string[] arguments)
    {
        string output = await Curl.OutputAsync([.. arguments, "-w", "\n%{http_code}"]);

        Assert.EndsWith($"\n{status}\n", output, StringComparison.Ordinal);
        Assert.Contains($"\"code\":\"{code}\"", output, StringComparison.Ordinal);
    }
}
