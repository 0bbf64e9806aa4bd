namespace RawWebSocket.Tests;

public sealed class WsOptionsTests
{
    [Fact]
    public void Defaults_are_as_documented()
    {
        WsOptions options = WsOptions.Default;
        Assert.Equal((25, 10, 5, 256 * 1024), (options.KeepAliveSeconds, options.PongWaitSeconds, options.CloseWaitSeconds, options.LingerBytes));
        Assert.Null(options.Compression);
        Assert.Equal(10, WsClientOptions.Default.OpenSeconds);
    }

    [Fact]
    public void Nonsense_is_the_callers_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WsOptions { KeepAliveSeconds = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WsOptions { PongWaitSeconds = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WsOptions { CloseWaitSeconds = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WsOptions { LingerBytes = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WsClientOptions { OpenSeconds = 0 });
    }
}
