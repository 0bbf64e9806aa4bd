using System.Net;
using System.Text;
using RawHttp.Wire;
using RawRealtime.Server;

namespace RawRealtime.Tests.Server;

public sealed class OwnHostsTests
{
    static ServerFault Check(string host, IPAddress? address = null, params string[] allowed)
    {
        RequestHead head = new();
        ReadResult read = new RequestHeadReader(new HttpLimits()).Read(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"), head);
        Assert.Equal(ReadStatus.Done, read.Status);
        return new OwnHosts([address ?? IPAddress.Loopback], allowed).Check(head);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:5000")]
    [InlineData("127.0.0.1:5000")]
    [InlineData("127.0.0.1:8080")] // a forwarded port is no other host
    [InlineData("[::1]:5000")]
    public void Loopback_names_are_its_own(string host) => Assert.Equal(ServerFault.None, Check(host));

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("evil.localhost")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("127.0.0.2")]
    public void A_name_made_to_point_here_is_refused(string host) => Assert.Equal(ServerFault.UnknownHost, Check(host));

    [Fact]
    public void Allowed_names_are_added_and_a_star_allows_all()
    {
        Assert.Equal(ServerFault.None, Check("Realtime.Example:5000", null, "realtime.example"));
        Assert.Equal(ServerFault.UnknownHost, Check("other.example", null, "realtime.example"));
        Assert.Equal(ServerFault.None, Check("other.example", null, "*"));
    }

    [Fact]
    public void The_address_listened_on_is_its_own_name() => Assert.Equal(ServerFault.None, Check("192.0.2.7:5000", IPAddress.Parse("192.0.2.7")));

    [Fact]
    public void Listening_on_all_addresses_makes_the_machines_name_its_own() =>
        Assert.Equal(ServerFault.None, Check(Dns.GetHostName(), IPAddress.Any));

    [Theory]
    [InlineData("localhost", true)] // as curl --unix-socket sends it
    [InlineData("realtime.example", false)]
    public void On_Unix_domain_sockets_alone_loopbacks_names_are_its_own(string host, bool isOwn)
    {
        RequestHead head = new();
        new RequestHeadReader(new HttpLimits()).Read(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"), head);
        Assert.Equal(isOwn ? ServerFault.None : ServerFault.UnknownHost, new OwnHosts([], []).Check(head));
    }

    [Fact]
    public void A_request_of_http_1_0_may_have_no_host()
    {
        RequestHead head = new();
        new RequestHeadReader(new HttpLimits()).Read("GET / HTTP/1.0\r\n\r\n"u8, head);
        Assert.Equal(ServerFault.None, new OwnHosts([IPAddress.Loopback], []).Check(head));
    }
}
