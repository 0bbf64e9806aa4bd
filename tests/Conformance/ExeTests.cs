using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;

namespace Conformance;

/// <summary>The exe from its banner to its end.</summary>
public sealed class ExeTests
{
    [SkippableFact]
    public async Task The_banner_names_the_port_that_was_picked_and_lines_to_paste()
    {
        await using Exe exe = await Exe.StartAsync();

        Assert.Matches(@"^http://127\.0\.0\.1:[1-9]\d*$", exe.Http);
        foreach (string line in new[] { $"{exe.Http}/", $"{exe.Ws}/ws", $"curl -N {exe.Http}/events", $"curl {exe.Http}/poll", $"curl -d hello {exe.Http}/publish" })
            Assert.EndsWith(line, await exe.Process.LineAsync("  "), StringComparison.Ordinal);
        Assert.Equal("ok\n", await exe.Client.GetStringAsync(new Uri($"{exe.Http}/healthz")));
    }

    [SkippableTheory]
    [InlineData(Child.Interrupt)]
    [InlineData(Child.Terminate)]
    public async Task A_signal_drains_each_transport_in_its_way_and_the_exit_code_is_0(int signal)
    {
        Tools.RequireUnix();
        await using Exe exe = await Exe.StartAsync("--drain-seconds", "15");
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri($"{exe.Ws}/ws"), default).Within("the WebSocket to open");
        using StreamReader events = new(await exe.Client.GetStreamAsync(new Uri($"{exe.Http}/events")));
        Assert.Equal("retry: 2000", await events.ReadLineAsync().Within("the stream's beginning"));
        Task<HttpResponseMessage> poll = exe.Client.GetAsync(new Uri($"{exe.Http}/poll?wait=60"));
        await Bounded.Until(async () => (await exe.Client.GetStringAsync(new Uri($"{exe.Http}/channels/default"))).Contains("\"poll\":1", StringComparison.Ordinal), "the poll is held");

        exe.Process.Signal(signal);

        WebSocketReceiveResult close = await socket.ReceiveAsync(new byte[256], default).Within("the close");
        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.EndpointUnavailable), (close.MessageType, close.CloseStatus));
        await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, default).Within("the answer to the close");
        string rest = await events.ReadToEndAsync().Within("the stream's end");
        Assert.Matches(@"\nretry: \d+\n\n$", rest.ReplaceLineEndings("\n"));
        using HttpResponseMessage answer = await poll.Within("the poll's answer");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (answer.StatusCode, answer.Headers.RetryAfter is not null));

        Ended ended = await exe.Process.EndAsync();
        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
    }

    [SkippableFact]
    public async Task A_client_that_does_not_leave_delays_the_end_no_longer_than_drain_seconds()
    {
        Tools.RequireUnix();
        await using Exe exe = await Exe.StartAsync("--drain-seconds", "1");
        using ClientWebSocket socket = new(); // it never reads, and so never answers the close
        await socket.ConnectAsync(new Uri($"{exe.Ws}/echo"), default).Within("the WebSocket to open");

        long signalled = Stopwatch.GetTimestamp();
        exe.Process.Signal(Child.Terminate);

        Assert.Equal(0, (await exe.Process.EndAsync()).ExitCode);
        Assert.InRange(Stopwatch.GetElapsedTime(signalled).TotalSeconds, 0, 9); // far below the 10 s it would be by itself, with room for a busy machine
    }

    [SkippableFact]
    public async Task Settings_come_from_flags_before_the_environment_before_the_file()
    {
        string config = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(config, """{ "port": 1, "history-messages": 5, "allow-host": ["one.example", "two.example"] } // comments too""");
            await using Exe exe = await Exe.StartWithAsync(["--port", "0", "--config", config], ("RAWREALTIME_HISTORY_MESSAGES", "2"), ("RAWREALTIME_PORT", "2"));

            foreach (string text in new[] { "1", "2", "3" })
                using (HttpResponseMessage published = await exe.Client.PostAsync(new Uri($"{exe.Http}/publish"), new StringContent(text))) published.EnsureSuccessStatusCode();
            JsonElement kept = await exe.Client.GetFromJsonAsync<JsonElement>(new Uri($"{exe.Http}/poll?cursor=earliest"));
            Assert.Equal(["2", "3"], kept.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("data").GetString()));
            Assert.Equal(HttpStatusCode.OK, await StatusAsHostAsync(exe, "two.example"));
            Assert.Equal(HttpStatusCode.MisdirectedRequest, await StatusAsHostAsync(exe, "three.example"));
        }
        finally
        {
            File.Delete(config);
        }
    }

    [SkippableFact]
    public async Task With_a_certificate_it_serves_https()
    {
        using PemFiles pem = new();
        await using Exe exe = await Exe.StartAsync("--tls-cert", pem.Certificate, "--tls-key", pem.Key);

        Assert.StartsWith("https://", exe.Http, StringComparison.Ordinal);
        Assert.Equal("200", await Curl.StatusAsync("-k", "--tlsv1.2", $"{exe.Http}/healthz"));
    }

    static async Task<HttpStatusCode> StatusAsHostAsync(Exe exe, string host)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri($"{exe.Http}/healthz")) { Headers = { Host = host } };
        using HttpResponseMessage answer = await exe.Client.SendAsync(request);
        return answer.StatusCode;
    }
}
