using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class TrailerRulesTests
{
    [Theory]
    [InlineData("Transfer-Encoding")]
    [InlineData("content-length")]
    [InlineData("HOST")]
    [InlineData("Authorization")]
    [InlineData("Cookie")]
    [InlineData("Content-Type")]
    [InlineData("Trailer")]
    [InlineData("Proxy-Authorization")]
    [InlineData("If-Unmodified-Since")]
    [InlineData("Set-Cookie")]
    [InlineData("Location")]
    [InlineData("Vary")]
    public void Fields_that_frame_route_control_or_authenticate_are_refused(string name) => Assert.True(TrailerRules.IsForbidden(Bytes.Of(name)));

    [Theory]
    [InlineData("ETag")]
    [InlineData("Server-Timing")]
    [InlineData("Digest")]
    [InlineData("Hos")]
    [InlineData("Hosts")]
    [InlineData("")]
    [InlineData("X-A-Name-That-Is-Longer-Than-Any-On-The-List")]
    public void Others_pass(string name) => Assert.False(TrailerRules.IsForbidden(Bytes.Of(name)));
}
