using System.Text;
using RawHttp.Wire;

namespace RawHttp.Tests;

public class RouterTests
{
    static string Answer(string request)
    {
        Router router = new Router()
            .Map(HttpMethod.Get, "/a", Peer.Hello)
            .Map(HttpMethod.Post, "/a", exchange => exchange.Response.SendEmpty(202))
            .Map(HttpMethod.Delete, "/channels/{channel}", exchange => exchange.Response.Send(200, "text/plain"u8, Encoding.UTF8.GetBytes(exchange.Request.RouteValue!)))
            .Map(HttpMethod.Get, "/channels/{channel}/subscribers", exchange => exchange.Response.Send(200, "text/plain"u8, Encoding.UTF8.GetBytes("of " + exchange.Request.RouteValue)))
            .Map(HttpMethod.Get, "/channels", exchange => exchange.Response.Send(200, "text/plain"u8, "all"u8));
        using var peer = new Peer(router.HandleAsync);
        peer.Channel.Arrive($"{request} HTTP/1.1\r\nHost: a\r\n\r\n");
        return peer.Sent;
    }

    [Fact]
    public void A_path_has_one_handler_for_a_method()
    {
        Router router = new Router().Map(HttpMethod.Get, "/a", Peer.Hello);
        Assert.Throws<ArgumentException>(() => router.Map(HttpMethod.Get, "/a", Peer.Hello));
        Assert.Throws<ArgumentException>(() => router.Map(HttpMethod.Head, "/a", Peer.Hello)); // GET's handler answers it
    }

    [Theory]
    [InlineData("GET /b", 404)]
    [InlineData("GET /ab", 204)]
    [InlineData("GET /cd", 205)]
    [InlineData("GET /ef", 404)]
    public void Paths_of_one_length_are_told_apart(string request, int status)
    {
        Router router = new Router().Map(HttpMethod.Get, "/ab", exchange => exchange.Response.SendEmpty(204)).Map(HttpMethod.Get, "/cd", exchange => exchange.Response.SendEmpty(205));
        using var peer = new Peer(router.HandleAsync);
        peer.Channel.Arrive($"{request} HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", peer.Sent);
    }

    [Theory]
    [InlineData("GET /a", "hello")]
    [InlineData("GET /a?b=c", "hello")]
    [InlineData("GET http://a/a", "hello")]
    [InlineData("GET /channels", "all")]
    [InlineData("DELETE /channels/x%2Fy", "x/y")]
    [InlineData("DELETE /channels/subscribers", "subscribers")]
    [InlineData("GET /channels/x/subscribers", "of x")]
    [InlineData("GET /channels/x%2Fy/subscribers", "of x/y")]
    [InlineData("GET /channels/subscribers/subscribers", "of subscribers")]
    public void A_path_finds_its_handler(string request, string content) => Assert.EndsWith("\r\n\r\n" + content, Answer(request));

    [Theory]
    [InlineData("GET /")]
    [InlineData("GET /A")]
    [InlineData("GET /a/")]
    [InlineData("GET /%61")]
    [InlineData("GET //a")]
    [InlineData("DELETE /channels/")]
    [InlineData("DELETE /channels/a/b")]
    [InlineData("GET /channels//subscribers")]
    [InlineData("GET /channels/a/b/subscribers")]
    [InlineData("GET /channels/a/subscribers/")]
    [InlineData("GET /channels/a/subscribers/b")]
    [InlineData("GET /channels/asubscribers/")]
    public void Another_path_is_not_found(string request)
    {
        string answer = Answer(request);
        Assert.StartsWith("HTTP/1.1 404 Not Found\r\n", answer);
        Assert.Contains("\"code\":\"not-found\"", answer);
        Assert.DoesNotContain("Connection: close", answer);
    }

    [Theory]
    [InlineData("PUT /a", "GET, HEAD, POST, OPTIONS")]
    [InlineData("TRACE /a", "GET, HEAD, POST, OPTIONS")]
    [InlineData("PATCH /a", "GET, HEAD, POST, OPTIONS")]
    [InlineData("POST /channels", "GET, HEAD, OPTIONS")]
    [InlineData("GET /channels/a", "DELETE, OPTIONS")]
    [InlineData("DELETE /channels/a/subscribers", "GET, HEAD, OPTIONS")]
    public void Another_method_is_told_which_there_are(string request, string allow)
    {
        string answer = Answer(request);
        Assert.StartsWith("HTTP/1.1 405 Method Not Allowed\r\n", answer);
        Assert.Contains($"\r\nAllow: {allow}\r\n", answer);
    }

    [Theory] // RFC 9110 §9.1
    [InlineData("BREW /a")]
    [InlineData("get /a")]
    [InlineData("BREW /nowhere")]
    [InlineData("CONNECT a:80")]
    public void A_method_that_no_path_could_have_is_not_implemented(string request)
    {
        string answer = Answer(request);
        Assert.StartsWith("HTTP/1.1 501 Not Implemented\r\n", answer);
        Assert.Contains(HttpFaults.CodeOf(HttpFault.MethodNotImplemented), answer);
    }

    [Fact] // RFC 9110 §9.3.7
    public void OPTIONS_of_the_whole_server_names_every_method_that_some_path_has()
    {
        string answer = Answer("OPTIONS *");
        Assert.StartsWith("HTTP/1.1 204 No Content\r\n", answer);
        Assert.Contains("\r\nAllow: GET, HEAD, POST, DELETE, OPTIONS\r\n", answer);
    }

    [Fact]
    public void OPTIONS_is_answered_without_content()
    {
        string answer = Answer("OPTIONS /a");
        Assert.StartsWith("HTTP/1.1 204 No Content\r\n", answer);
        Assert.Contains("\r\nAllow: GET, HEAD, POST, OPTIONS\r\n", answer);
        Assert.DoesNotContain("Content-Length", answer);
    }

    [Fact]
    public void HEAD_is_GET_without_content()
    {
        string answer = Answer("HEAD /a");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer);
        Assert.EndsWith("\r\n\r\n", answer);
    }

    [Fact]
    public void A_star_takes_what_no_other_route_has()
    {
        Router router = new Router().Map(HttpMethod.Get, "*", Peer.Hello).Map(HttpMethod.Get, "/a", exchange => exchange.Response.SendEmpty(204));
        using var peer = new Peer(router.HandleAsync);
        peer.Channel.Arrive("GET /b HTTP/1.1\r\nHost: a\r\n\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n");
        string answers = peer.Sent;
        Assert.Contains("hello", answers);
        Assert.Contains(" 204 ", answers);
    }
}
