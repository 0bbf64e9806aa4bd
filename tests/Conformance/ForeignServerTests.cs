using System.Text;
using RawHttp.Client;

namespace Conformance;

/// <summary>Our HTTP client against servers that others wrote: Python's http.server and Node's http.</summary>
public sealed class ForeignServerTests
{
    readonly CancellationToken late = Bounded.Token();

    static string Script(string name) => Path.Combine(Tools.Clients, name);

    static HttpOriginClient ClientOf(string port) => new(HttpOrigin.Of(new($"http://127.0.0.1:{port}/")));

    async Task<string> AskAsync(HttpOriginClient client, HttpClientRequest request)
    {
        using HttpClientResponse response = await client.SendAsync(request, late);
        string content = Encoding.UTF8.GetString(await response.ReadAllAsync(1 << 20, late));
        return $"{response.Status} {(content.Length > 100 ? content.Length : content)}";
    }

    Task<string> GetAsync(HttpOriginClient client, string target) => AskAsync(client, new() { Target = target });

    static async Task SendMebibyteAsync(ContentSender to)
    {
        byte[] piece = new byte[1000];
        for (int i = 0; i < 1049; i++) Assert.True(await to.WriteAsync(piece));
    }

    [SkippableFact]
    public async Task Pythons_server_is_understood_in_every_framing()
    {
        await using Child server = Child.Start(Tools.Python, [Script("http-server.py")]);
        string[] ports = (await server.LineAsync("ports ")).Split(' ');
        using HttpOriginClient client = ClientOf(ports[1]);

        Assert.Equal("200 hello from HTTP/1.1", await GetAsync(client, "/"));
        Assert.Equal("200 100008", await GetAsync(client, "/chunked"));
        Assert.Equal("200 ", await AskAsync(client, new() { Method = "HEAD" }));
        Assert.Equal("204 ", await GetAsync(client, "/204"));
        Assert.Equal("304 ", await GetAsync(client, "/304"));
        Assert.Equal($"200 3 of 127.0.0.1:{ports[1]}", await AskAsync(client, new() { Method = "POST", Content = "abc"u8.ToArray() }));
        Assert.Equal($"200 3 of 127.0.0.1:{ports[1]}", await AskAsync(client, new() { Method = "POST", Content = "abc"u8.ToArray(), ExpectsContinue = true }));
        Assert.Equal($"200 1049000 of 127.0.0.1:{ports[1]}", await AskAsync(client, new() { Method = "POST", ContentSource = SendMebibyteAsync }));
        Assert.Equal("200 all there is", await GetAsync(client, "/until-the-end"));
        Assert.Equal("200 hello from HTTP/1.1", await GetAsync(client, "/")); // over a new connection
    }

    [SkippableFact]
    public async Task Pythons_server_of_HTTP_1_0_closes_behind_each_answer_and_a_short_one_is_a_failure()
    {
        await using Child server = Child.Start(Tools.Python, [Script("http-server.py")]);
        string[] ports = (await server.LineAsync("ports ")).Split(' ');
        using HttpOriginClient client = ClientOf(ports[2]);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal("200 hello from HTTP/1.0", await GetAsync(client, "/"));
            Assert.Equal("200 all there is", await GetAsync(client, "/until-the-end"));
        }
        HttpClientException failure = await Assert.ThrowsAsync<HttpClientException>(() => GetAsync(client, "/cut"));
        Assert.Equal(RawHttp.Wire.HttpFault.BodyIncomplete, failure.Fault);
        Assert.Equal("200 hello from HTTP/1.0", await GetAsync(client, "/"));
    }

    [SkippableFact]
    public async Task Nodes_server_is_understood_and_asked_over_one_connection()
    {
        await using Child server = Child.Start(Tools.PlainNode, [Script("http-server.mjs")]);
        string port = (await server.LineAsync("port ")).Split(' ')[1];
        using HttpOriginClient client = ClientOf(port);

        Assert.Equal("200 hello", await GetAsync(client, "/"));
        Assert.Equal("200 ", await AskAsync(client, new() { Method = "HEAD" }));
        Assert.Equal("204 ", await GetAsync(client, "/204"));
        Assert.Equal("304 ", await GetAsync(client, "/304"));
        Assert.Equal("200 after the hints", await GetAsync(client, "/hints"));
        Assert.Equal($"200 3 of 127.0.0.1:{port}", await AskAsync(client, new() { Method = "POST", Content = "abc"u8.ToArray(), ExpectsContinue = true }));
        Assert.Equal($"200 1049000 of 127.0.0.1:{port}", await AskAsync(client, new() { Method = "POST", ContentSource = SendMebibyteAsync }));
        using (HttpClientResponse chunked = await client.GetAsync("/chunked", late))
        {
            Assert.Equal(100_008, (await chunked.ReadAllAsync(1 << 20, late)).Length);
            Assert.True(chunked.Trailers.TryGet("x-sum"u8, out ReadOnlySpan<byte> sum));
            Assert.Equal("100008", Encoding.ASCII.GetString(sum));
        }
        Assert.Equal("200 1", await GetAsync(client, "/connections"));
        Assert.Equal("200 last", await GetAsync(client, "/last"));
        Assert.Equal("200 2", await GetAsync(client, "/connections"));
    }

    [SkippableFact]
    public async Task A_refusal_of_Nodes_server_is_read_while_content_is_still_sent()
    {
        await using Child server = Child.Start(Tools.PlainNode, [Script("http-server.mjs")]);
        using HttpOriginClient client = ClientOf((await server.LineAsync("port ")).Split(' ')[1]);
        bool stopped = false;
        HttpClientRequest endless = new() { Method = "POST", Target = "/refuse", ContentSource = WriteAsync };
        Assert.Equal("413 too big", await AskAsync(client, endless));
        await Bounded.Until(() => Task.FromResult(Volatile.Read(ref stopped)), "the source was stopped");

        async Task WriteAsync(ContentSender to)
        {
            while (await to.WriteAsync(new byte[1000])) await Task.Yield();
            Volatile.Write(ref stopped, true);
        }
    }

    [SkippableFact]
    public async Task A_connection_that_Nodes_server_closed_while_it_was_idle_is_opened_anew()
    {
        await using Child server = Child.Start(Tools.PlainNode, [Script("http-server.mjs")]);
        using HttpOriginClient client = ClientOf((await server.LineAsync("port ")).Split(' ')[1]);
        Assert.Equal("200 1", await GetAsync(client, "/connections"));
        await server.WriteLineAsync("close them");
        await server.LineAsync("closed");
        Assert.Equal("200 2", await GetAsync(client, "/connections"));
    }

    [SkippableFact]
    public async Task Nodes_server_is_reached_over_a_Unix_domain_socket()
    {
        Tools.RequireUnix();
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using Child server = Child.Start(Tools.PlainNode, [Script("http-server.mjs"), path]);
        await server.LineAsync("port ");
        using HttpOriginClient client = new(HttpOrigin.Of(new("http://some.test/"), path));
        Assert.Equal("200 3 of some.test", await AskAsync(client, new() { Method = "POST", Content = "abc"u8.ToArray() }));
    }

    /// <summary>What our own tools will do: publish, and follow an event stream piece by piece.</summary>
    [Fact]
    public async Task Our_own_server_is_published_to_and_followed()
    {
        await using RunningServer server = RunningServer.Start();
        HttpOrigin origin = HttpOrigin.Of(new(server.Http));
        using HttpOriginClient follower = new(origin), publisher = new(origin);
        using HttpClientResponse stream = await follower.SendAsync(new() { Target = "/events", Fields = [new("Accept", "text/event-stream")] }, late);
        Assert.Equal("text/event-stream", stream.FieldValue("content-type"u8)?.Split(';')[0]);
        for (int i = 0; i < 3; i++)
            Assert.StartsWith("201 ", await AskAsync(publisher, new() { Method = "POST", Target = "/publish", Content = Encoding.UTF8.GetBytes($"message {i}") }));
        string all = "";
        while (!all.Contains("data: message 2\n", StringComparison.Ordinal)) all += Encoding.UTF8.GetString((await stream.ReadAsync(late)).Span);
        Assert.Contains("data: message 0\n", all, StringComparison.Ordinal);
    }
}
