using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Conformance;

/// <summary><c>rawrealtime subscribe</c> and <c>publish</c> as processes, against a server of this process and curl.</summary>
public sealed class SubscribeTests
{
    const int Lines = 200;

    static Child Subscribe(string server, params string[] arguments) => Child.Start(Tools.DotNet, [Tools.Exe, "subscribe", "news", "--server", server, .. arguments]);

    static string Numbers(int first, int count) => string.Concat(Enumerable.Range(first, count).Select(i => $"{i.ToString(CultureInfo.InvariantCulture)}\n"));

    static async Task PublishByCurlAsync(string server, int first, int count)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, Enumerable.Range(first, count).Select(i => $"{{\"data\":\"{i}\"}}"));
            string answers = await Curl.OutputAsync("--data-binary", "@" + file, "-H", "Content-Type: application/x-ndjson", $"{server}/publish?channel=news");
            Assert.Equal(count, answers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.StartsWith("{\"id\":", StringComparison.Ordinal)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [SkippableTheory]
    [InlineData("ws")]
    [InlineData("sse")]
    [InlineData("poll")]
    public async Task What_curl_publishes_in_bulk_comes_on_each_transport(string transport)
    {
        await using RunningServer server = RunningServer.Start();
        await PublishByCurlAsync(server.Http, 1, Lines);
        await using Child client = Subscribe(server.Http, "--transport", transport, "--cursor", "earliest", "--count", $"{Lines}");
        Ended ended = await client.EndAsync();
        Assert.Equal((0, Numbers(1, Lines), ""), (ended.ExitCode, ended.Output, ended.Errors));
    }

    [SkippableTheory]
    [InlineData("ws")]
    [InlineData("sse")]
    [InlineData("poll")]
    public async Task A_cut_in_the_midst_loses_nothing_and_repeats_nothing(string transport)
    {
        await using RunningServer server = RunningServer.Start();
        await using CuttableRelay relay = new(server.Port);
        await PublishByCurlAsync(server.Http, 1, Lines);
        await using Child client = Subscribe(relay.Http, "--transport", transport, "--cursor", "earliest", "--count", $"{3 * Lines}");
        await client.LineAsync($"{Lines}");
        relay.Cut();
        await PublishByCurlAsync(server.Http, Lines + 1, Lines);
        await client.LineAsync($"{2 * Lines}");
        relay.Cut();
        await PublishByCurlAsync(server.Http, (2 * Lines) + 1, Lines);
        Ended ended = await client.EndAsync();
        Assert.Equal((0, Numbers(1, 3 * Lines)), (ended.ExitCode, ended.Output));
        if (transport != "poll") Assert.Contains("Coming back in", ended.Errors, StringComparison.Ordinal); // a poll that was not answered is asked again without a word
    }

    [SkippableTheory] // what is refused, what it falls back to
    [InlineData("/ws", "rawrealtime: no WebSocket: ", "Trying event stream.")]
    [InlineData("/ws /events", "rawrealtime: no event stream: ", "Trying long poll.")]
    public async Task Auto_falls_back_where_a_path_is_refused(string refused, string said, string next)
    {
        await using RunningServer server = RunningServer.Start();
        await using RefusingProxy proxy = new(server.Port, refused.Split(' '));
        await PublishByCurlAsync(server.Http, 1, 3);
        await using Child client = Subscribe(proxy.Http, "--cursor", "earliest", "--count", "3");
        Ended ended = await client.EndAsync();
        Assert.Equal((0, "1\n2\n3\n"), (ended.ExitCode, ended.Output));
        Assert.Contains(said, ended.Errors, StringComparison.Ordinal);
        Assert.Contains(next, ended.Errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_interruption_tells_the_cursor_with_which_the_next_run_goes_on()
    {
        Tools.RequireUnix();
        await using RunningServer server = RunningServer.Start();
        await PublishByCurlAsync(server.Http, 1, 2);
        await using Child client = Subscribe(server.Http, "--cursor", "earliest");
        await client.LineAsync("2");
        client.Signal(Child.Interrupt);
        Ended ended = await client.EndAsync();
        Assert.Equal(130, ended.ExitCode);
        string cursor = ended.Errors.Trim().Split("--cursor ")[1];
        await PublishByCurlAsync(server.Http, 3, 2);
        await using Child next = Subscribe(server.Http, "--cursor", cursor, "--count", "2");
        Assert.Equal("3\n4\n", (await next.EndAsync()).Output);
    }

    [SkippableFact]
    public async Task Lines_of_a_pipe_are_published_as_they_come()
    {
        await using RunningServer server = RunningServer.Start();
        await using Child publisher = Child.Start(Tools.DotNet, [Tools.Exe, "publish", "--lines", "--channel", "news", "--server", server.Http, "--json"]);
        await publisher.WriteLineAsync("1");
        Assert.Contains("\"channel\":\"news\"", await publisher.LineAsync("{\"type\":\"published\""), StringComparison.Ordinal); // before the input ends
        await publisher.WriteLineAsync("2");
        publisher.EndInput();
        Ended ended = await publisher.EndAsync();
        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        Assert.Contains("{\"type\":\"done\",\"published\":2,\"refused\":0,", ended.Output, StringComparison.Ordinal);
    }

    /// <summary>Stands before the server and refuses some paths, as a careful proxy does; all else it relays, one connection one request's path.</summary>
    sealed class RefusingProxy : IAsyncDisposable
    {
        static readonly byte[] Refusal = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray();

        readonly TcpListener listener = new(IPAddress.Loopback, 0);
        readonly Task accepting;

        public RefusingProxy(int target, string[] refused)
        {
            listener.Start();
            accepting = AcceptAsync(target, refused);
        }

        public string Http => $"http://{listener.LocalEndpoint}";

        public async ValueTask DisposeAsync()
        {
            listener.Dispose();
            await accepting.Within("the proxy to end");
        }

        async Task AcceptAsync(int target, string[] refused)
        {
            List<Task> served = [];
            try
            {
                while (true) served.Add(ServeAsync(await listener.AcceptTcpClientAsync(), target, refused));
            }
            catch (Exception ending) when (ending is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                await Task.WhenAll(served);
            }
        }

        static async Task ServeAsync(TcpClient client, int target, string[] refused)
        {
            using (client)
            {
                byte[] head = new byte[16 << 10];
                int length = await client.GetStream().ReadAsync(head);
                string path = System.Text.Encoding.ASCII.GetString(head, 0, length).Split(' ', '?')[1];
                if (refused.Contains(path))
                {
                    await client.GetStream().WriteAsync(Refusal);
                    return;
                }
                using TcpClient server = new();
                await server.ConnectAsync(IPAddress.Loopback, target);
                await server.GetStream().WriteAsync(head.AsMemory(0, length));
                await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));
            }
        }

        static async Task CopyAsync(TcpClient from, TcpClient to)
        {
            try
            {
                await from.GetStream().CopyToAsync(to.GetStream());
            }
            catch (Exception ending) when (ending is IOException or ObjectDisposedException or InvalidOperationException)
            {
                to.Dispose(); // one end left
            }
        }
    }
}
