namespace RawRealtime.Tests.Routes;

/// <summary>docs/contract.md, Testee mode.</summary>
public sealed class TesteeRoutesTests : IDisposable
{
    readonly ServerRig rig = new(new() { IsTestee = true });

    public void Dispose() => rig.Dispose();

    string Answer(string method, string target, string fields = "", string content = "") =>
        rig.Connect().Send($"{method} {target} HTTP/1.1\r\nHost: any.example\r\n{fields}\r\n{content}").Take();

    [Theory]
    [InlineData("GET", "200 OK", "ok\n")]
    [InlineData("HEAD", "200 OK", "")]
    public void The_root_has_a_short_body(string method, string status, string content)
    {
        string answer = Answer(method, "/");
        Assert.StartsWith($"HTTP/1.1 {status}\r\n", answer);
        Assert.EndsWith("\r\n\r\n" + content, answer);
        Assert.Contains("\r\nContent-Length: 3\r\n", answer);
    }

    [Fact]
    public void The_root_has_a_tag_that_conditions_and_ranges_go_by()
    {
        string answer = Answer("GET", "/"), tag = answer.Split("\r\nETag: ")[1].Split("\r\n")[0];
        Assert.StartsWith("HTTP/1.1 304 ", Answer("GET", "/", $"If-None-Match: {tag}\r\n"));
        Assert.StartsWith("HTTP/1.1 206 ", Answer("GET", "/", $"Range: bytes=0-0\r\nIf-Range: {tag}\r\n"));
    }

    [Fact]
    public void OPTIONS_names_the_methods_of_the_root()
    {
        string answer = Answer("OPTIONS", "/");
        Assert.StartsWith("HTTP/1.1 204 No Content\r\n", answer);
        Assert.Contains("\r\nAllow: GET, HEAD, POST, OPTIONS\r\n", answer);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n", "hello", "hello")]
    [InlineData("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n6;a=b\r\n world\r\n0\r\nA: b\r\n\r\n", "hello world")]
    [InlineData("Content-Length: 0\r\n", "", "")]
    [InlineData("", "", "")]
    public void POST_echoes_the_content(string fields, string content, string expected) =>
        Assert.Equal(expected, ServerRig.ContentOf(Answer("POST", "/", fields, content)));

    [Fact]
    public void Content_too_long_to_be_held_comes_back_as_it_comes()
    {
        RigPeer peer = rig.Connect().Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n");
        Assert.Equal("", peer.Take());
        peer.Send("hello");
        Assert.Contains("\r\nTransfer-Encoding: chunked\r\n", peer.TakeHead());
        Assert.Equal("hello", peer.Events());
        peer.Send("world");
        Assert.Equal("world", peer.Events());
        peer.Channel.ArriveEnd();
        Assert.True(peer.Channel.IsAborted);
    }

    [Fact]
    public void Content_that_breaks_a_rule_is_refused() =>
        Assert.Equal("400 bad-chunk-size", ServerRig.Outcome(Answer("POST", "/", "Transfer-Encoding: chunked\r\n", "0x5\r\nhello\r\n")));

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public void The_fields_of_the_request_come_back_line_by_line(string method) =>
        Assert.Equal("Host: any.example\nX-a: 1\nx-A: 2\n", ServerRig.ContentOf(Answer(method, "/echo", "X-a: 1\r\nx-A:  2 \r\n")));

    [Fact]
    public void The_cookies_come_back_line_by_line() =>
        Assert.Equal("a=1\nb=2\nc=\n=d\n", ServerRig.ContentOf(Answer("GET", "/cookie", "Cookie: a=1; b = 2;c=\r\nCookie: d\r\n")));

    [Theory]
    [InlineData("/")]
    [InlineData("/anything/at?all")]
    public void Every_path_is_a_WebSocket_that_echoes(string target)
    {
        RigPeer peer = rig.Connect();
        Assert.Contains("\r\nSec-WebSocket-Accept: ", peer.Open(target, "Origin: https://elsewhere.example\r\n"));
        Assert.Equal(["text hi"], peer.Ask("hi"));
    }

    [Theory]
    [InlineData("GET", "Connection: Upgrade\r\n", "400 bad-websocket-key")]
    [InlineData("POST", "Connection: Upgrade\r\n", "400 upgrade-needs-get")]
    [InlineData("GET", "", "426 upgrade-required")]
    public void A_broken_opening_is_refused(string method, string fields, string expected) =>
        Assert.Equal(expected, ServerRig.Outcome(Answer(method, "/", "Upgrade: websocket\r\n" + fields)));

    [Fact]
    public void None_of_the_servers_own_routes_is_there() => Assert.Equal("404 not-found", ServerRig.Outcome(Answer("GET", "/poll")));
}
