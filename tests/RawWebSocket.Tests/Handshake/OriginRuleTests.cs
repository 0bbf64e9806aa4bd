using RawHttp.Wire;
using RawWebSocket.Handshake;

namespace RawWebSocket.Tests.Handshake;

public sealed class OriginRuleTests
{
    static HttpFault Judge(OriginRule rule, bool isHttps, params string[] lines) => rule.Check(Heads.Request("GET / HTTP/1.1", lines), isHttps);

    [Theory]
    [InlineData("10.2 a foreign page", false, "Origin: https://evil.example", HttpFault.OriginRefused)]
    [InlineData("10.2 the same host over another scheme", false, "Origin: https://server.example.com", HttpFault.OriginRefused)]
    [InlineData("10.2 the same host on another port", false, "Origin: http://server.example.com:81", HttpFault.OriginRefused)]
    [InlineData("10.2 a longer name", false, "Origin: http://server.example.com.evil.example", HttpFault.OriginRefused)]
    [InlineData("10.2 an opaque origin", false, "Origin: null", HttpFault.OriginRefused)]
    [InlineData("10.2 two origins", false, "Origin: http://server.example.com|Origin: http://server.example.com", HttpFault.OriginRefused)]
    [InlineData("10.2 an allowed host over another scheme", false, "Origin: http://friend.example", HttpFault.OriginRefused)]
    [InlineData("10.2 the server's own", false, "Origin: http://server.example.com", HttpFault.None)]
    [InlineData("10.2 the server's own over TLS", true, "Origin: https://server.example.com", HttpFault.None)]
    [InlineData("10.2 on the list", false, "Origin: https://friend.example", HttpFault.None)]
    [InlineData("10.2 not a browser", false, "Origin:", HttpFault.None)]
    public void A_page_is_welcome_when_it_is_ours_or_on_the_list(string rule, bool isHttps, string lines, HttpFault expected) =>
        Assert.True(expected == Judge(new OriginRule(["https://friend.example"], allowsAbsent: true), isHttps, lines.Split('|')), rule);

    [Fact]
    public void An_absent_origin_is_refused_where_the_caller_says_so() =>
        Assert.Equal(HttpFault.OriginRefused, Judge(new OriginRule([], allowsAbsent: false), false));

    [Fact]
    public void A_star_welcomes_all() =>
        Assert.Equal(HttpFault.None, Judge(new OriginRule(["*"], allowsAbsent: false), false, "Origin: null"));

    [Theory]
    [InlineData("example.org")]
    [InlineData("https://example.org/")]
    [InlineData("*.example.org")]
    public void A_list_entry_that_is_no_origin_is_the_callers_mistake(string entry) =>
        Assert.Throws<ArgumentException>(() => new OriginRule([entry], allowsAbsent: true));
}
