using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RawRealtime.Server;

namespace RawRealtime.Tests.Server;

/// <summary>The routes as a whole, and what only real sockets can show.</summary>
public sealed class RealtimeServerTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string, string> Methods => new()
    {
        // route             Allow
        { "/",               "GET, HEAD, OPTIONS" },
        { "/ws",             "GET, HEAD, OPTIONS" },
        { "/echo",           "GET, HEAD, OPTIONS" },
        { "/events",         "GET, HEAD, OPTIONS" },
        { "/poll",           "GET, HEAD, OPTIONS" },
        { "/publish",        "POST, OPTIONS" },
        { "/channels",       "GET, HEAD, OPTIONS" },
        { "/channels/a",     "GET, HEAD, DELETE, OPTIONS" },
        { "/healthz",        "GET, HEAD, OPTIONS" },
        { "/readyz",         "GET, HEAD, OPTIONS" },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void OPTIONS_and_405_name_the_methods_of_each_route(string target, string allow)
    {
        using ServerRig rig = new();
        Assert.Equal($"HTTP/1.1 204 No Content\r\n{ServerRig.Date}Allow: {allow}\r\n\r\n", rig.Answer(ServerRig.Request("OPTIONS", target)));
        string refused = rig.Answer(ServerRig.Request("PUT", target));
        Assert.Equal("405 method-not-allowed", ServerRig.Outcome(refused));
        Assert.Contains($"\r\nAllow: {allow}\r\n", refused);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/channels")]
    [InlineData("/channels/none")]
    [InlineData("/poll?data=x")]
    [InlineData("/poll?wait=0")]
    [InlineData("/poll?channel=")]
    [InlineData("/events?channel=")]
    [InlineData("/none")]
    public void HEAD_answers_as_GET_without_content(string target)
    {
        using ServerRig rig = new();
        string get = rig.Get(target);
        Assert.Equal(get[..(get.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)], rig.Answer(ServerRig.Request("HEAD", target)));
    }

    [Fact]
    public void The_limits_it_is_told_are_those_of_its_connections()
    {
        using ServerRig rig = new(new() { Http = new() { MaxRequests = 2, Limits = new() { MaxFields = 3 } } });
        Assert.Equal("431 too-many-fields", ServerRig.Outcome(rig.Get("/healthz", "A: 1\r\nB: 2\r\nC: 3\r\n")));
        RigPeer peer = rig.Connect();
        Assert.DoesNotContain("Connection:", peer.Send(ServerRig.Request("GET", "/healthz")).Take());
        Assert.Contains("\r\nConnection: close\r\n", peer.Send(ServerRig.Request("GET", "/healthz")).Take());
    }

    [Fact]
    public async Task Files_of_the_root_folder_are_at_every_path_that_is_no_route()
    {
        string root = Directory.CreateTempSubdirectory("raw-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(root, "index.html"), "theirs");
            await File.WriteAllTextAsync(Path.Combine(root, "healthz"), "theirs");
            await File.WriteAllTextAsync(Path.Combine(root, "empty.css"), "");
            using ServerRig rig = new(new() { RootFolder = root });
            Assert.EndsWith("ok\n", rig.Get("/healthz"));
            Assert.DoesNotContain("theirs", rig.Get("/"));
            // Files are read in the thread pool, not on the thread of the sockets.
            Assert.Contains("\r\nContent-Type: text/css; charset=utf-8\r\n", await rig.Connect().Get("/empty.css").Until("\r\n\r\n"));
            Assert.Equal("404 not-found", ServerRig.Outcome(await rig.Connect().Get("/none").Until("}")));
            Assert.Equal("404 path-has-dot-segment", ServerRig.Outcome(await rig.Connect().Get("/../x").Until("}")));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void The_page_is_compressed_for_who_accepts_it()
    {
        using ServerRig rig = new();
        Assert.Contains("\r\nContent-Encoding: br\r\n", rig.Get("/", "Accept-Encoding: gzip, br\r\n"));
        Assert.Contains("\r\nVary: Accept-Encoding\r\n", rig.Get("/"));
    }

    [Fact]
    public void The_browser_client_is_at_most_6_KiB_on_its_way()
    {
        using ServerRig rig = new();
        string head = rig.Answer(ServerRig.Request("HEAD", "/client.js", "Accept-Encoding: gzip\r\n"));
        Assert.Contains("\r\nContent-Type: text/javascript; charset=utf-8\r\n", head);
        Assert.Contains("\r\nContent-Encoding: gzip\r\n", head);
        Assert.InRange(LengthIn(head), 1, 6 << 10);
    }

    [Fact]
    public void The_types_of_the_browser_client_lie_beside_it()
    {
        using ServerRig rig = new();
        string client = ServerRig.ContentOf(rig.Get("/client.js")), types = ServerRig.ContentOf(rig.Get("/client.d.ts"));
        foreach (string exported in new[] { "function subscribe(", "function eventStreamReader(" })
        {
            Assert.Contains($"export {exported}", client);
            Assert.Contains($"export {exported}", types);
        }
    }

    [Fact]
    public void An_unknown_path_is_404()
    {
        using ServerRig rig = new();
        Assert.Equal("404 not-found", ServerRig.Outcome(rig.Get("/none")));
    }

    [Fact]
    public void The_page_is_at_the_root()
    {
        using ServerRig rig = new();
        string page = rig.Get("/");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", page);
        Assert.Contains("\r\nContent-Type: text/html; charset=utf-8\r\n", page);
        Assert.Contains("<!doctype html>", page, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public void Health_is_200_and_503_while_draining(string target)
    {
        using ServerRig rig = new();
        RigPeer late = rig.Connect().Send($"GET {target} HTTP/1.1\r\n");
        Assert.Equal(ServerRig.Answered("200 OK", "", "text/plain; charset=utf-8", "ok\n"), rig.Get(target));
        _ = rig.Server.DrainAsync();
        string answer = late.Send("Host: localhost\r\n\r\n").Take();
        Assert.Equal("503 draining", ServerRig.Outcome(answer));
        Assert.Contains("\r\nConnection: close\r\n", answer);
    }

    [Fact]
    public void What_is_published_while_draining_is_taken_and_its_connection_closed()
    {
        using ServerRig rig = new();
        RigPeer late = rig.Connect().Send("POST /publish HTTP/1.1\r\n");
        _ = rig.Server.DrainAsync();
        string answer = late.Send("Host: localhost\r\nContent-Length: 1\r\n\r\nx").Take();
        Assert.StartsWith("HTTP/1.1 202 ", answer);
        Assert.Contains("\r\nConnection: close\r\n", answer);
    }

    [Fact]
    public async Task A_drain_is_over_when_all_have_left_and_the_rest_is_aborted_in_time()
    {
        using ServerRig rig = new(new() { DrainTime = TimeSpan.FromSeconds(5) });
        RigPeer leaves = rig.Connect();
        leaves.Open("/ws");
        Task<bool> drained = rig.Server.DrainAsync();
        await leaves.Ended();
        Assert.True(await drained.WaitAsync(Patience));

        using ServerRig other = new(new() { DrainTime = TimeSpan.FromSeconds(2) });
        RigPeer stays = other.Connect();
        stays.Open("/ws");
        drained = other.Server.DrainAsync();
        other.Time.Advance(2_100);
        Assert.False(await drained.WaitAsync(Patience));
        await stays.Running.WaitAsync(Patience);
    }

    [Fact]
    public void A_full_hub_refuses_new_channels_everywhere_and_serves_those_it_has()
    {
        using ServerRig rig = new();
        RigPeer socket = rig.Connect();
        socket.OpenV1("/ws?channel=a");
        for (int i = 1; i < 100_000; i++)
        {
            Assert.True(RawHub.ChannelName.TryParse($"c{i}", out RawHub.ChannelName name));
            rig.Server.Hub.Publish(new(name, true, null), []);
        }
        Assert.Equal("503 hub-full", ServerRig.Outcome(rig.Get("/poll?channel=new")));
        Assert.Equal("503 hub-full", ServerRig.Outcome(rig.Publish("channel=new", "x")));
        Assert.Equal("503 hub-full", ServerRig.Outcome(rig.Publish("channel=new", "x", "Idempotency-Key: k\r\n")));
        Assert.Contains("503 Service Unavailable", rig.Connect().Open("/ws?channel=new"));
        Assert.Contains("503 Service Unavailable", rig.Connect().Open("/ws?channel=new", "Sec-WebSocket-Protocol: rawrealtime.v1\r\n"));
        Assert.Matches("\r\n\r\n[0-9a-f]+\r\nretry: [0-9]+\n\n\r\n0\r\n\r\n$", rig.Get("/events?channel=new"));
        Assert.Contains("\"code\":\"hub-full\"", Assert.Single(socket.Ask("""{"type":"publish","channel":"new","data":""}""")));
        Assert.Contains("\"code\":\"hub-full\"", Assert.Single(socket.Ask("""{"type":"subscribe","channel":"new"}""")));
        Assert.StartsWith("HTTP/1.1 201 ", rig.Publish("channel=a", "x"));
    }

    static async Task<(TcpClient Client, StreamReader Answer)> AskAsync(RealtimeServer server, string request)
    {
        TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", new Uri(server.BaseAddress).Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        return (client, new(client.GetStream()));
    }

    [Fact]
    public async Task Over_sockets_a_publish_reaches_a_stream_and_a_drain_ends_it()
    {
        await using RealtimeServer server = RealtimeServer.Start(new() { Port = 0 }, NullLoggerFactory.Instance, TimeProvider.System);
        (TcpClient client, StreamReader stream) = await AskAsync(server, "GET /events HTTP/1.0\r\n\r\n");
        using (client)
        {
            while (await stream.ReadLineAsync().WaitAsync(Patience) != "event: position")
            {
            }
            (TcpClient publisher, StreamReader answer) = await AskAsync(server, "POST /publish HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi");
            using (publisher) Assert.StartsWith("HTTP/1.1 201 ", await answer.ReadToEndAsync().WaitAsync(Patience));
            while (await stream.ReadLineAsync().WaitAsync(Patience) != "data: hi")
            {
            }
            Task<bool> drained = server.DrainAsync();
            Assert.Matches("^\nretry: [0-9]+\n\n$", await stream.ReadToEndAsync().WaitAsync(Patience));
            client.Close();
            Assert.True(await drained.WaitAsync(Patience));
            Assert.Equal(0, server.OpenConnections);
        }
    }

    [Fact]
    public async Task A_port_in_use_is_an_exception()
    {
        await using RealtimeServer server = RealtimeServer.Start(new() { Port = 0 }, NullLoggerFactory.Instance, TimeProvider.System);
        int port = new Uri(server.BaseAddress).Port;
        RawNet.ListenException failure = Assert.Throws<RawNet.ListenException>(() => RealtimeServer.Start(new() { Port = port }, NullLoggerFactory.Instance, TimeProvider.System));
        Assert.Equal(SocketError.AddressAlreadyInUse, failure.SocketErrorCode);
    }

    [Fact]
    public async Task Listening_everywhere_its_address_for_people_is_loopback()
    {
        await using RealtimeServer server = RealtimeServer.Start(new() { Port = 0, Address = System.Net.IPAddress.Any }, NullLoggerFactory.Instance, TimeProvider.System);
        Assert.Matches("^http://127\\.0\\.0\\.1:[0-9]+$", server.BaseAddress);
    }

    static int LengthIn(string head)
    {
        const string Field = "\r\nContent-Length: ";
        int start = head.IndexOf(Field, StringComparison.Ordinal) + Field.Length;
        return int.Parse(head[start..head.IndexOf('\r', start)], System.Globalization.CultureInfo.InvariantCulture);
    }
}
