using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class HttpVersionsTests
{
    [Theory]
    [InlineData("HTTP/1.0", HttpFault.None)]
    [InlineData("HTTP/1.1", HttpFault.None)]
    [InlineData("HTTP/1.2", HttpFault.UnsupportedVersion)]
    [InlineData("HTTP/1.9", HttpFault.UnsupportedVersion)]
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
}
