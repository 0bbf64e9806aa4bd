using RawHttp.Client;
using RawHttp.Wire;

namespace RawHttp.Tests.Client;

public class ClientHeadTests
{
    static readonly Func<ContentSender, Task> Source = _ => Task.CompletedTask;

    public static TheoryData<string, HttpClientRequest, string> Requests => new()
    {
        // clause                          request                                                                  head, | for CRLF
        { "9112 §3.2.1",                   new() { Target = "/a?b=c" },                                             "GET /a?b=c HTTP/1.1|Host: server.test||" },
        { "9112 §3.2.4",                   new() { Method = "OPTIONS", Target = "*" },                              "OPTIONS * HTTP/1.1|Host: server.test||" },
        { "9110 §8.6 length",              new() { Method = "POST", Content = new byte[12] },                       "POST / HTTP/1.1|Host: server.test|Content-Length: 12||" },
        { "9110 §8.6 length of an odd one", new() { Content = new byte[12] },                                       "GET / HTTP/1.1|Host: server.test|Content-Length: 12||" },
        { "9110 §8.6 none is said",        new() { Method = "POST" },                                               "POST / HTTP/1.1|Host: server.test|Content-Length: 0||" },
        { "9110 §8.6 none is said",        new() { Method = "PUT" },                                                "PUT / HTTP/1.1|Host: server.test|Content-Length: 0||" },
        { "9110 §8.6 none is meant",       new() { Method = "DELETE" },                                             "DELETE / HTTP/1.1|Host: server.test||" },
        { "9112 §6.1 chunks",              new() { Method = "POST", ContentSource = Source },                       "POST / HTTP/1.1|Host: server.test|Transfer-Encoding: chunked||" },
        { "9110 §10.1.1",                  new() { Method = "PUT", Content = new byte[1], ExpectsContinue = true }, "PUT / HTTP/1.1|Host: server.test|Content-Length: 1|Expect: 100-continue||" },
        { "9112 §9.6",                     new() { IsLast = true },                                                 "GET / HTTP/1.1|Host: server.test|Connection: close||" },
        { "9110 §7.8",                     new() { Upgrade = "websocket" },                                         "GET / HTTP/1.1|Host: server.test|Upgrade: websocket|Connection: Upgrade||" },
        { "9110 §7.8 once",                new() { Upgrade = "x/1", IsLast = true },                                "GET / HTTP/1.1|Host: server.test|Upgrade: x/1|Connection: close, Upgrade||" },
        { "9110 §5.5 UTF-8",               new() { Fields = [new("X-Name", "grün"), new("Accept", "*/*")] },        "GET / HTTP/1.1|Host: server.test|X-Name: gr\xC3\xBCn|Accept: */*||" },
    };

    [Theory, MemberData(nameof(Requests))]
    public void A_request_is_written_as_the_clause_says(string clause, HttpClientRequest request, string head)
    {
        byte[] written = ClientHead.Write(request, ClientRig.Origin);
        Assert.Equal((clause, head), (clause, Bytes.Text(written).Replace("\r\n", "|", StringComparison.Ordinal)));
        Assert.Equal(ReadResult.Done(written.Length), new RequestHeadReader(HttpLimits.Default).Read(written, new RequestHead())); // our own server takes it
    }

    public static TheoryData<string, HttpClientRequest> Mistakes => new()
    {
        // clause                            request
        { "9110 §9.1 no token",              new() { Method = "G T" } },
        { "9110 §9.1 empty",                 new() { Method = "" } },
        { "9110 §9.1 letters beyond ASCII",  new() { Method = "GÊT" } },
        { "9110 §9.3.6 tunnel",              new() { Method = "CONNECT", Target = "/" } },
        { "9110 §9.3.8 TRACE with content",  new() { Method = "TRACE", Content = new byte[1] } },
        { "9112 §3.2 empty",                 new() { Target = "" } },
        { "9112 §3.2 space",                 new() { Target = "/a b" } },
        { "9112 §3.2 a second line",         new() { Target = "/ HTTP/1.1\r\nX: y\r\n\r\n" } },
        { "9112 §3.2 NUL",                   new() { Target = "/\0" } },
        { "9112 §3.2 beyond ASCII",          new() { Target = "/grün" } },
        { "9112 §3.2.2 for proxies",         new() { Target = "http://server.test/" } },
        { "9112 §3.2.3 for tunnels",         new() { Target = "server.test:80" } },
        { "9112 §3.2.4 with OPTIONS only",   new() { Target = "*" } },
        { "9110 §7.1 fragment",              new() { Target = "/#a" } },
        { "9110 §5.1 no token",              new() { Fields = [new("A B", "c")] } },
        { "9110 §5.1 empty",                 new() { Fields = [new("", "c")] } },
        { "9110 §5.5 CRLF",                  new() { Fields = [new("A", "b\r\nC: d")] } },
        { "9110 §5.5 LF",                    new() { Fields = [new("A", "b\nC: d")] } },
        { "9110 §5.5 CR",                    new() { Fields = [new("A", "b\rC: d")] } },
        { "9110 §5.5 NUL",                   new() { Fields = [new("A", "b\0")] } },
        { "9110 §5.5 control",               new() { Fields = [new("A", "b\x7F")] } },
        { "9110 §7.8 two lines",             new() { Upgrade = "a\r\nB: c" } },
        { "9110 §7.8 with content",          new() { Upgrade = "a", Content = new byte[1] } },
        { "9110 §10.1.1 nothing to wait with", new() { ExpectsContinue = true } },
        { "9112 §6.3 two contents",          new() { Content = new byte[1], ContentSource = Source } },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void What_would_be_another_request_is_the_callers_mistake(string clause, HttpClientRequest request)
    {
        Exception? refused = Record.Exception(() => ClientHead.Write(request, ClientRig.Origin));
        Assert.True(refused is ArgumentException, clause);
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("host")]
    [InlineData("Connection")]
    [InlineData("Content-Length")]
    [InlineData("transfer-encoding")]
    [InlineData("Expect")]
    [InlineData("Upgrade")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("Keep-Alive")]
    [InlineData("Proxy-Connection")]
    public void Fields_that_frame_or_route_have_one_writer(string name) =>
        Assert.Throws<ArgumentException>(() => ClientHead.Write(new() { Fields = [new(name, "1")] }, ClientRig.Origin));
}
