using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class HttpVersionsTests
{
    [Theory]
    [InlineData("HTTP/1.0", HttpFault.None)]
    [InlineData("HTTP/1.1", HttpFault.None)]
    [InlineData("HTTP/1.2", HttpFault.None)]
    [InlineData("HTTP/1.9", HttpFault.None)]
    [InlineData("HTTP/2.0", HttpFault.UnsupportedVersion)]
    [InlineData("HTTP/0.1", HttpFault.UnsupportedVersion)]
    [InlineData("HTTP/3.0", HttpFault.UnsupportedVersion)]
    [InlineData("HTTP/11", HttpFault.BadVersion)]
    [InlineData("HTTP/1.1.1", HttpFault.BadVersion)]
    [InlineData("HTTP/1.x", HttpFault.BadVersion)]
    [InlineData("HTTP/ 1.1", HttpFault.BadVersion)]
    [InlineData("HTTP 1.1", HttpFault.BadVersion)]
    [InlineData("Http/1.1", HttpFault.BadVersion)]
    [InlineData("HTTPS/1.1", HttpFault.BadVersion)]
    [InlineData("", HttpFault.BadVersion)]
    public void Versions(string text, HttpFault expected) => Assert.Equal(expected, HttpVersions.Read(Bytes.Of(text), out _));

    [Theory] // RFC 9110 §2.5
    [InlineData("HTTP/1.0", HttpVersion.Http10)]
    [InlineData("HTTP/1.1", HttpVersion.Http11)]
    [InlineData("HTTP/1.2", HttpVersion.Http11)]
    [InlineData("HTTP/1.9", HttpVersion.Http11)]
    public void A_higher_minor_version_is_read_as_the_highest_we_know(string text, HttpVersion expected)
    {
        HttpVersions.Read(Bytes.Of(text), out HttpVersion version);
        Assert.Equal(expected, version);
    }
}
