using System.Net;
using System.Net.Sockets;
using RawHttp.Client;

namespace RawHttp.Tests.Client;

public class HttpOriginTests
{
    public static TheoryData<string, string, bool, string, int, string> Uris => new()
    {
        // clause                       uri                               TLS    host            port   Host
        { "9110 §4.2.1 own port",       "http://server.test/a?b#c",       false, "server.test",  80,    "server.test" },
        { "9110 §4.2.2 own port",       "https://server.test",            true,  "server.test",  443,   "server.test" },
        { "9110 §4.2.3 port named",     "http://server.test:80/",         false, "server.test",  80,    "server.test" },
        { "9110 §7.2 other port",       "http://server.test:8080/",       false, "server.test",  8080,  "server.test:8080" },
        { "9110 §7.2 https on 80",      "https://server.test:80/",        true,  "server.test",  80,    "server.test:80" },
        { "3986 §3.2.2 IPv6",           "http://[::1]:8080/",             false, "::1",          8080,  "[::1]:8080" },
        { "3986 §3.2.2 IPv6, own port", "http://[2001:DB8::1]/",          false, "2001:db8::1",  80,    "[2001:db8::1]" },
        { "3986 §3.2.2 IPv4",           "http://127.0.0.1:8080/",         false, "127.0.0.1",    8080,  "127.0.0.1:8080" },
        { "5890 §2.3.2.1 A-label",      "http://bücher.test/",            false, "xn--bcher-kva.test", 80, "xn--bcher-kva.test" },
        { "6455 §3 ws",                 "ws://server.test/chat",          false, "server.test",  80,    "server.test" },
        { "6455 §3 wss",                "wss://server.test/chat",         true,  "server.test",  443,   "server.test" },
    };

    [Theory, MemberData(nameof(Uris))]
    public void A_uri_says_where_to_and_what_stands_in_Host(string clause, string uri, bool isSecure, string host, int port, string authority)
    {
        HttpOrigin origin = HttpOrigin.Of(new(uri));
        Assert.Equal((clause, isSecure, host, port, authority), (clause, origin.IsSecure, origin.Host, origin.Port, origin.Authority));
        Assert.Equal(new DnsEndPoint(host, port), origin.Address);
    }

    [Theory]
    [InlineData("ftp://server.test/")]
    [InlineData("file:///etc/hosts")]
    [InlineData("http://me:secret@server.test/")] // RFC 9110 §4.2.4
    public void Other_uris_are_the_callers_mistake(string uri) => Assert.Throws<ArgumentException>(() => HttpOrigin.Of(new(uri)));

    [Fact]
    public void A_relative_uri_is_none() => Assert.Throws<ArgumentException>(() => HttpOrigin.Of(new("/a", UriKind.Relative)));

    [Fact]
    public void A_path_is_dialled_instead_of_the_host_which_is_named_all_the_same()
    {
        HttpOrigin origin = HttpOrigin.Of(new("http://localhost/"), "/run/some.sock");
        Assert.Equal("localhost", origin.Authority);
        Assert.Equal("/run/some.sock", Assert.IsType<UnixDomainSocketEndPoint>(origin.Address).ToString());
    }
}
