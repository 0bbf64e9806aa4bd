using RawNet.Wire;

namespace RawNet.Tests.Wire;

public sealed class ProxyHeaderTests
{
    [Fact]
    public void It_is_unfinished_until_it_has_a_length_or_a_fault()
    {
        Assert.True(ProxyHeader.Unfinished.IsUnfinished);
        Assert.False(ProxyHeader.Refused(ProxyHeaderFault.BadPort).IsUnfinished);
        Assert.False(new ProxyHeader(16, null, ProxyHeaderFault.None).IsUnfinished);
    }

    [Fact]
    public void An_IPv4_address_in_IPv6_clothing_is_told_as_what_it_is()
    {
        Assert.Equal("192.0.2.7:1", $"{ProxyHeader.SourceOf([192, 0, 2, 7], 1)}");
        Assert.Equal("192.0.2.7:1", $"{ProxyHeader.SourceOf([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 7], 1)}");
    }
}
