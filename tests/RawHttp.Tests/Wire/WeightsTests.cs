using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class WeightsTests
{
    [Theory]
    // RFC 9110 §12.4.2: weight = OWS ";" OWS "q=" qvalue
    [InlineData("q=0", 0)]
    [InlineData("q=0.", 0)]
    [InlineData("q=0.0", 0)]
    [InlineData("q=0.000", 0)]
    [InlineData("q=0.001", 1)]
    [InlineData("q=0.01", 10)]
    [InlineData("q=0.1", 100)]
    [InlineData("q=0.999", 999)]
    [InlineData("q=1", 1000)]
    [InlineData("q=1.", 1000)]
    [InlineData("q=1.000", 1000)]
    [InlineData("Q=0.5", 500)]
    [InlineData(" \tq=0.5 ", 500)]
    public void A_weight_is_read(string text, int thousandths)
    {
        Assert.True(Weights.TryRead(Bytes.Of(text), out int read));
        Assert.Equal(thousandths, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("q")]
    [InlineData("q=")]
    [InlineData("q=.5")]
    [InlineData("q=2")]
    [InlineData("q=10")]
    [InlineData("q=01")]
    [InlineData("q=1.001")]
    [InlineData("q=0.0001")]
    [InlineData("q=-0")]
    [InlineData("q=+1")]
    [InlineData("q=0,5")]
    [InlineData("q=0.5x")]
    [InlineData("q=0x1")]
    [InlineData("q=1e0")]
    [InlineData("q= 1")]
    [InlineData("q =1")]
    [InlineData("q=\"1\"")]
    [InlineData("x=1")]
    [InlineData("q;1")]
    [InlineData("q=1;x=1")]
    [InlineData("q=/")]
    [InlineData("q=0./")]
    [InlineData("q=0.:")]
    public void Anything_else_is_none(string text)
    {
        Assert.False(Weights.TryRead(Bytes.Of(text), out int read));
        Assert.Equal(0, read);
    }
}
