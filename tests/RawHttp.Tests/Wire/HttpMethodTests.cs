using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class HttpMethodTests
{
    [Theory]
    [InlineData("GET", HttpMethod.Get)]
    [InlineData("HEAD", HttpMethod.Head)]
    [InlineData("POST", HttpMethod.Post)]
    [InlineData("PUT", HttpMethod.Put)]
    [InlineData("DELETE", HttpMethod.Delete)]
    [InlineData("OPTIONS", HttpMethod.Options)]
    [InlineData("PATCH", HttpMethod.Patch)]
    [InlineData("TRACE", HttpMethod.Trace)]
    [InlineData("CONNECT", HttpMethod.Connect)]
    [InlineData("get", HttpMethod.Other)]
    [InlineData("GETS", HttpMethod.Other)]
    [InlineData("GE", HttpMethod.Other)]
    [InlineData("BREW", HttpMethod.Other)]
    [InlineData("", HttpMethod.Other)]
    public void Names_are_compared_whole_and_with_case(string name, HttpMethod expected)
    {
        Assert.Equal(expected, HttpMethods.Of(Bytes.Of(name)));
        if (expected != HttpMethod.Other) Assert.Equal(name, Bytes.Text(HttpMethods.NameOf(expected)));
    }

    [Fact]
    public void Another_method_has_no_name_here() => Assert.Throws<ArgumentOutOfRangeException>(() => HttpMethods.NameOf(HttpMethod.Other).Length);
}
