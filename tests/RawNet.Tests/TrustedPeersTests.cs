using System.Net;

namespace RawNet.Tests;

public sealed class TrustedPeersTests
{
    static TrustedPeers Of(params string[] networks) => new([.. networks.Select(text =>
    {
        Assert.True(TrustedPeers.TryReadNetwork(text, out IPNetwork network), text);
        return network;
    })], unix: false);

    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.255", true)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.0/24", "2001:db8::1", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("::1", "::1", true)]
    [InlineData("0.0.0.0/0", "203.0.113.1", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    public void A_network_holds_its_addresses(string network, string address, bool isIn) =>
        Assert.Equal(isIn, Of(network).Contains(new IPEndPoint(IPAddress.Parse(address), 40_000)));

    [Fact]
    public void One_of_several_networks_is_enough() => Assert.True(Of("192.0.2.0/24", "2001:db8::/32").Contains(new IPEndPoint(IPAddress.Parse("2001:db8::1"), 1)));

    [Theory]
    [InlineData("")]
    [InlineData("unix")]
    [InlineData("proxy.example")]
    [InlineData("10/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/08")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.0 /8")]
    [InlineData("010.0.0.0/8")] // octal to some
    [InlineData("10.0.0.5/8")] // an address or its network?
    [InlineData("2001:db8::/129")]
    [InlineData("2001:db8::1/32")]
    [InlineData("fe80::1%1")]
    public void What_is_no_network_is_refused(string text) => Assert.False(TrustedPeers.TryReadNetwork(text, out _));

    [Fact]
    public void Who_comes_by_a_Unix_domain_socket_is_trusted_when_that_was_said()
    {
        Assert.False(Of("0.0.0.0/0").Contains(UnixPeer.Instance));
        Assert.True(new TrustedPeers([], unix: true).Contains(UnixPeer.Instance));
        Assert.False(new TrustedPeers([], unix: true).Contains(new IPEndPoint(IPAddress.Loopback, 1)));
    }

    [Fact]
    public void Nobody_is_trusted_by_default()
    {
        Assert.False(TrustedPeers.None.Contains(new IPEndPoint(IPAddress.Loopback, 1)));
        Assert.False(TrustedPeers.None.Contains(UnixPeer.Instance));
        Assert.False(TrustedPeers.None.Contains(null));
    }
}
