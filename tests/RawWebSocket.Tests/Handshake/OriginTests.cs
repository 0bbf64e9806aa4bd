using System.Text;
using RawWebSocket.Handshake;

namespace RawWebSocket.Tests.Handshake;

public sealed class OriginTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("http://")]
    [InlineData("http:/example.org")]
    [InlineData("ftp://example.org")]
    [InlineData("http://example.org/")]
    [InlineData("http://example.org/path")]
    [InlineData("http://user@example.org")]
    [InlineData("http://example.org:99999")]
    [InlineData("http://example.org http://example.com")]
    [InlineData("http://[::1")]
    public void What_is_no_origin_is_not_parsed(string text) => Assert.False(Origin.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Theory]
    [InlineData("http://example.org", "http://example.org:80", true)]
    [InlineData("https://example.org", "https://EXAMPLE.org:443", true)]
    [InlineData("HTTP://example.org", "http://example.org", true)]
    [InlineData("http://[::1]:5000", "http://[::1]:5000", true)]
    [InlineData("http://example.org", "https://example.org", false)]
    [InlineData("http://example.org", "http://example.org:8080", false)]
    [InlineData("http://example.org", "http://www.example.org", false)]
    [InlineData("http://example.org", "http://example.org.evil.example", false)]
    [InlineData("http://127.0.0.1", "http://127.0.0.1.evil.example", false)]
    public void Scheme_host_and_port_are_compared_as_a_whole(string one, string other, bool same)
    {
        byte[] first = Encoding.ASCII.GetBytes(one), second = Encoding.ASCII.GetBytes(other);
        Assert.True(Origin.TryParse(first, out Origin left) && Origin.TryParse(second, out Origin right) && left.IsSameAs(right) == same);
    }
}
