using RawHttp.Client;
using RawHttp.Wire;

namespace RawHttp.Tests.Client;

public class HttpClientExceptionTests
{
    [Fact]
    public void It_says_the_rule_that_was_broken_and_then_what_can_be_done()
    {
        HttpClientException failure = new(HttpClientEnding.BadAnswer, HttpFault.TwoBodyLengths);
        Assert.StartsWith(HttpFaults.DetailOf(HttpFault.TwoBodyLengths), failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(HttpClientEndings.DetailOf(HttpClientEnding.BadAnswer), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_keeps_what_it_came_from()
    {
        IOException cause = new("gone");
        HttpClientException failure = new(HttpClientEnding.Broken, HttpFault.None, cause);
        Assert.Equal((HttpClientEndings.DetailOf(HttpClientEnding.Broken), cause), (failure.Message, failure.InnerException));
    }
}
