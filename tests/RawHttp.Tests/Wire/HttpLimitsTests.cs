using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class HttpLimitsTests
{
    [Fact]
    public void The_defaults_are_those_of_the_design()
    {
        HttpLimits limits = HttpLimits.Default;
        Assert.Equal((8192, 32768, 100, 30_000_000L), (limits.MaxRequestLineBytes, limits.MaxHeadBytes, limits.MaxFields, limits.MaxBodyBytes));
        Assert.Equal((256, 16384, 4096), (limits.MaxChunkLineBytes, limits.MaxChunkOverheadBytes, limits.MaxTrailerBytes));
    }

    [Fact]
    public void A_limit_that_would_refuse_everything_is_refused_itself()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new HttpLimits { MaxRequestLineBytes = 10 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HttpLimits { MaxHeadBytes = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HttpLimits { MaxBodyBytes = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HttpLimits { MaxChunkLineBytes = 17 });
    }
}
