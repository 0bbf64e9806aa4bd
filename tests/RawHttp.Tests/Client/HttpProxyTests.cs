using System.Net;
using System.Text;
using RawHttp.Client;
using RawHttp.Wire;
using Testing;

namespace RawHttp.Tests.Client;

public sealed class HttpProxyTests
{
    static readonly HttpOrigin Server = HttpOrigin.Of(new("wss://example.com/chat"));

    static HttpProxy Proxy(string user = "") => HttpProxy.Of(new($"http://{user}proxy.test:3128"));

    /// <summary>What the proxy answers, whole or byte by byte, and perhaps the end behind it.</summary>
    static async Task AskAsync(HttpProxy proxy, string answer, bool inPieces, bool ends = false)
    {
        using var channel = new ScriptedChannel();
        Task asking = proxy.AskAsync(channel, Server);
        if (!inPieces) channel.Arrive(answer);
        else foreach (byte one in Encoding.UTF8.GetBytes(answer)) channel.Arrive([one]);
        if (ends) channel.ArriveEnd();
        await asking.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("ws://example.com/chat?x", "example.com:80")] // the port is never left out
    [InlineData("wss://example.com", "example.com:443")]
    [InlineData("wss://example.com:8443", "example.com:8443")]
    [InlineData("ws://[::1]", "[::1]:80")]
    [InlineData("ws://bücher.example", "xn--bcher-kva.example:80")]
    public async Task The_server_is_named_in_authority_form(string uri, string authority)
    {
        using var channel = new ScriptedChannel();
        Task asking = Proxy().AskAsync(channel, HttpOrigin.Of(new(uri)));
        Assert.Equal($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n\r\n", Encoding.ASCII.GetString(channel.Sent));
        channel.Arrive("HTTP/1.1 200 Connection established\r\n\r\n");
        await asking;
    }

    [Theory]
    [InlineData("Aladdin:open%20sesame@", "QWxhZGRpbjpvcGVuIHNlc2FtZQ==")] // RFC 7617 §2's own example
    [InlineData("user@", "dXNlcjo=")]
    [InlineData("a:b:c@", "YTpiOmM=")] // only the name ends at the first colon
    [InlineData("test:123%C2%A3@", "dGVzdDoxMjPCow==")] // RFC 7617 §2.1's
    public async Task User_and_password_travel_as_basic_credentials(string user, string credentials)
    {
        using var channel = new ScriptedChannel();
        Task asking = Proxy(user).AskAsync(channel, Server);
        Assert.Equal($"CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\nProxy-Authorization: Basic {credentials}\r\n\r\n", Encoding.ASCII.GetString(channel.Sent));
        channel.Arrive("HTTP/1.1 200 OK\r\n\r\n");
        await asking;
    }

    public static TheoryData<string, string> Tunnels => new()
    {
        { "9110 9.3.6 200", "HTTP/1.1 200 Connection established\r\n\r\n" },
        { "9110 9.3.6 any 2xx", "HTTP/1.1 299 Fine\r\n\r\n" },
        { "9110 9.3.6 its framing means nothing", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" },
        { "9112 2.3 an old proxy", "HTTP/1.0 200 OK\r\n\r\n" },
        { "9110 15.2 interim answers first", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Tunnels))]
    public async Task A_2xx_makes_the_tunnel(string rule, string answer)
    {
        Assert.Null(await Record.ExceptionAsync(() => AskAsync(Proxy(), answer, inPieces: false)));
        Assert.True(await Record.ExceptionAsync(() => AskAsync(Proxy(), answer, inPieces: true)) is null, rule);
    }

    public static TheoryData<string, string, string, int, HttpFault, string> Refusals => new()
    {
        { "9110 15.5.8", "", "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=x\r\n\r\n", 407, HttpFault.None, "user:password@" },
        { "9110 15.5.8", "u:p@", "HTTP/1.1 407 No\r\nContent-Length: 3\r\n\r\nno!", 407, HttpFault.None, "does not take" },
        { "9110 15.5.2: tinyproxy's way", "u:p@", "HTTP/1.1 401 Unauthorized\r\n\r\n", 401, HttpFault.None, "does not take" },
        { "9110 15.6.1: tinyproxy's way", "", "HTTP/1.1 500 Unable to connect\r\n\r\n", 500, HttpFault.None, "can't reach example.com:443" },
        { "9110 15.5.4", "", "HTTP/1.1 403 Filtered\r\n\r\n", 403, HttpFault.None, "port 443 only" },
        { "9110 15.6.3", "", "HTTP/1.1 502 Bad\r\n\r\n", 502, HttpFault.None, "can't reach example.com:443" },
        { "9110 15.4: nobody is followed", "", "HTTP/1.1 302 Found\r\nLocation: http://x/\r\n\r\n", 302, HttpFault.None, "answered 302" },
        { "9110 9.3.6: not a 2xx", "", "HTTP/1.1 101 Switching Protocols\r\n\r\n", 101, HttpFault.None, "answered 101" },
        { "9110 9.3.6: the tunnel is empty", "", "HTTP/1.1 200 OK\r\n\r\nhello", 200, HttpFault.None, "before anything was asked" },
        { "9112 4", "", "220 mail.example.org ESMTP ready\r\n", 0, HttpFault.BadStatusLine, "did not answer as one" },
        { "9112 5.1", "", "HTTP/1.1 200 OK\r\nA : b\r\n\r\n", 0, HttpFault.SpaceBeforeColon, "did not answer as one" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Any_other_answer_is_named_with_what_to_look_at(string rule, string user, string answer, int status, HttpFault fault, string cure)
    {
        foreach (bool inPieces in (bool[])[false, !rule.Contains("empty", StringComparison.Ordinal)])
        {
            HttpProxyException refused = await Assert.ThrowsAsync<HttpProxyException>(() => AskAsync(Proxy(user), answer, inPieces));
            Assert.Equal((rule, status, fault), (rule, refused.Status, refused.Fault));
            Assert.Contains("proxy.test:3128", refused.Message, StringComparison.Ordinal);
            Assert.Contains(cure, refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    public async Task A_proxy_that_leaves_before_it_answered_says_so(string answer)
    {
        HttpProxyException gone = await Assert.ThrowsAsync<HttpProxyException>(() => AskAsync(Proxy(), answer, inPieces: false, ends: true));
        Assert.Contains("ended the connection before it answered", gone.Message, StringComparison.Ordinal);
        using var channel = new ScriptedChannel();
        channel.Break(new IOException("reset"));
        gone = await Assert.ThrowsAsync<HttpProxyException>(() => Proxy().AskAsync(channel, Server));
        Assert.Equal("reset", gone.InnerException?.Message);
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_named()
    {
        using System.Net.Sockets.Socket closed = new(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // bound and not listening: nobody else can be there
        var proxy = HttpProxy.Of(new($"http://127.0.0.1:{((IPEndPoint)closed.LocalEndPoint!).Port}"));
        HttpProxyException nobody = await Assert.ThrowsAsync<HttpProxyException>(() => proxy.ConnectAsync(Server, null, CancellationToken.None));
        Assert.Contains("can't be reached", nobody.Message, StringComparison.Ordinal);
        Assert.IsType<System.Net.Sockets.SocketException>(nobody.InnerException);
    }

    [Theory]
    [InlineData("https://proxy.test")]
    [InlineData("socks5://proxy.test")]
    [InlineData("http://proxy.test/path")]
    [InlineData("http://proxy.test/?query")]
    [InlineData("http://proxy.test/#fragment")]
    [InlineData("http://a%3Ab:c@proxy.test")] // RFC 7617 §2: no colon in a name
    [InlineData("proxy.test:3128")]
    public void Another_uri_names_no_proxy(string uri) => Assert.Throws<ArgumentException>(() => HttpProxy.Of(new(uri, UriKind.RelativeOrAbsolute)));

    [Fact]
    public void A_proxy_without_a_port_is_at_80() => Assert.Equal(new DnsEndPoint("proxy.test", 80), HttpProxy.Of(new("http://proxy.test")).Address);
}
