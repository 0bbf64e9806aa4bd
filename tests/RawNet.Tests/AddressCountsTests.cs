using System.Net;

namespace RawNet.Tests;

public sealed class AddressCountsTests
{
    static IPAddress Ip(string text) => IPAddress.Parse(text);

    [Fact]
    public void An_address_has_so_many_places_and_gives_them_back()
    {
        AddressCounts counts = new(2);
        Assert.True(counts.TryEnter(Ip("192.0.2.1")));
        Assert.True(counts.TryEnter(Ip("192.0.2.1")));
        Assert.False(counts.TryEnter(Ip("192.0.2.1")));
        Assert.True(counts.TryEnter(Ip("192.0.2.2")));
        counts.Leave(Ip("192.0.2.1"));
        Assert.True(counts.TryEnter(Ip("192.0.2.1")));
        Assert.False(counts.TryEnter(Ip("192.0.2.1")));
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", true)] // one network of 64 bits
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("::ffff:192.0.2.1", "::1:0:0:1", false)]
    public void Addresses_of_one_client_count_as_one(string one, string other, bool isSame)
    {
        AddressCounts counts = new(1);
        Assert.True(counts.TryEnter(Ip(one)));
        Assert.Equal(!isSame, counts.TryEnter(Ip(other)));
    }

    [Fact]
    public void Nothing_is_kept_of_addresses_that_have_left()
    {
        AddressCounts counts = new(1000);
        for (int i = 0; i < 5000; i++) counts.TryEnter(new IPAddress(i % 1000));
        Assert.Equal(1000, counts.Addresses);
        for (int i = 0; i < 5000; i++) counts.Leave(new IPAddress(i % 1000));
        Assert.Equal(0, counts.Addresses);
    }

    [Fact]
    public void What_is_refused_takes_no_place()
    {
        AddressCounts none = new(0);
        Assert.False(none.TryEnter(Ip("192.0.2.1")));
        Assert.Equal(0, none.Addresses);
    }

    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.8.9.10", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    public void Loopback_is_not_counted(string address, bool counts) => Assert.Equal(counts, AddressCounts.Counts(new IPEndPoint(Ip(address), 1)));

    [Fact]
    public void Who_has_no_address_is_not_counted()
    {
        Assert.False(AddressCounts.Counts(UnixPeer.Instance));
        Assert.False(AddressCounts.Counts(null));
    }
}
