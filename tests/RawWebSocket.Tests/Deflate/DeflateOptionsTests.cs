using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class DeflateOptionsTests
{
    [Fact]
    public void Defaults_are_as_documented() =>
        Assert.Equal((DeflateLevel.Fast, 256, 15, 15, false, false), (DeflateOptions.Default.Level, DeflateOptions.Default.MinBytes,
            DeflateOptions.Default.ServerMaxWindowBits, DeflateOptions.Default.ClientMaxWindowBits,
            DeflateOptions.Default.ServerContextTakeover, DeflateOptions.Default.ClientContextTakeover));

    [Fact]
    public void Nonsense_is_the_callers_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeflateOptions { MinBytes = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeflateOptions { ServerMaxWindowBits = 7 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeflateOptions { ServerMaxWindowBits = 16 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeflateOptions { ClientMaxWindowBits = 7 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeflateOptions { ClientMaxWindowBits = 16 });
    }
}
