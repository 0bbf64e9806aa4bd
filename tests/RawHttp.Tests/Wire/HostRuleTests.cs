using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class HostRuleTests
{
    public static TheoryData<string, string, HttpFault> Requests11 => new()
    {
        // RFC 9112                     head                                                              named as
        { "§3.2 none on 1.1",           "GET / HTTP/1.1\r\n\r\n",                                          HttpFault.HostMissing },
        { "§3.2 two",                   "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",                    HttpFault.HostRepeated },
        { "§3.2 two equal",             "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n",                    HttpFault.HostRepeated },
        { "§3.2 two on 1.0",            "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n",                    HttpFault.HostRepeated },
        { "§3.2 empty",                 "GET / HTTP/1.1\r\nHost:\r\n\r\n",                                 HttpFault.BadHost },
        { "§3.2 bad on 1.0",            "GET / HTTP/1.0\r\nHost: a/b\r\n\r\n",                             HttpFault.BadHost },
        { "§3.2 target too has one",    "GET http://a/ HTTP/1.1\r\n\r\n",                                  HttpFault.HostMissing },
        { "§3.2 bad behind a target",   "GET http://a/ HTTP/1.1\r\nHost: b/c\r\n\r\n",                     HttpFault.BadHost },
        { "9110 §7.4 https unsecured",  "GET https://a/ HTTP/1.1\r\nHost: a\r\n\r\n",                      HttpFault.SchemeNotServedHere },
    };

    [Theory, MemberData(nameof(Requests11))]
    public void Exactly_one_valid_host(string clause, string raw, HttpFault expected) => Assert.Equal((clause, expected), (clause, Requests.FaultOf(raw)));

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: b:8080\r\n\r\n", "b:8080")]
    [InlineData("GET http://a/ HTTP/1.1\r\nHost: b\r\n\r\n", "a")]
    [InlineData("GET http://a:81/ HTTP/1.1\r\nHost: a:8080\r\n\r\n", "a:81")]
    [InlineData("GET http://a/ HTTP/1.0\r\n\r\n", "a")]
    [InlineData("CONNECT a:443 HTTP/1.1\r\nHost: b:443\r\n\r\n", "a:443")]
    [InlineData("GET / HTTP/1.0\r\n\r\n", "")]
    public void The_authority_of_the_target_wins_over_the_field(string raw, string host) => Assert.Equal(host, Bytes.Text(Requests.Read(raw).Host));

    [Theory]
    [InlineData("example.org", -1)]
    [InlineData("example.org:8080", 8080)]
    [InlineData("example.org:", -1)]
    [InlineData("127.0.0.1:0", 0)]
    [InlineData("[::1]", -1)]
    [InlineData("[2001:db8::1]:65535", 65535)]
    [InlineData("under_score", -1)]
    public void Hosts(string text, int expectedPort)
    {
        Assert.True(HostRule.IsHost(Bytes.Of(text), out int port));
        Assert.Equal(expectedPort, port);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":80")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("a/b")]
    [InlineData("a?b")]
    [InlineData("u@a")]
    [InlineData("a%2e")]
    [InlineData("a:1:2")]
    [InlineData("a:-1")]
    [InlineData("a:+1")]
    [InlineData("a:0x1")]
    [InlineData("a:65536")]
    [InlineData("a:123456")]
    [InlineData("::1")]
    [InlineData("[::1")]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("[::g]")]
    [InlineData("[::1]a")]
    [InlineData("[v1.a]")]
    [InlineData("\xE9")]
    public void No_hosts(string text) => Assert.False(HostRule.IsHost(Bytes.Of(text), out _));

    [Theory]
    [InlineData("example.org:80", "example.org")]
    [InlineData("[::1]:80", "[::1]")]
    public void A_name_is_a_host_without_its_port(string host, string name) => Assert.Equal(name, Bytes.Text(HostRule.NameOf(Bytes.Of(host))));
}
