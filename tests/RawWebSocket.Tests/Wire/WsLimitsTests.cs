using RawWebSocket.Wire;

namespace RawWebSocket.Tests.Wire;

public sealed class WsLimitsTests
{
    [Fact]
    public void Defaults_are_as_documented() =>
        Assert.Equal((1 << 20, 131_072, 256), (WsLimits.Default.MaxMessageBytes, WsLimits.Default.MaxFragments, WsLimits.Default.MaxInflateRatio));

    [Fact]
    public void Nonsense_is_the_callers_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WsLimits { MaxMessageBytes = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WsLimits { MaxMessageBytesInPieces = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WsLimits { MaxMessageBytesInPieces = long.MaxValue });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WsLimits { MaxFragments = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WsLimits { MaxInflateRatio = 0 });
    }
}
