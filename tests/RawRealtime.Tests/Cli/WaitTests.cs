using RawRealtime.Cli;

namespace RawRealtime.Tests.Cli;

public sealed class WaitTests
{
    [Theory]
    [InlineData("-1", null, "-1")]
    [InlineData("0", 0, "0ms")]
    [InlineData("2", 2000, "2s")]
    [InlineData("500ms", 500, "500ms")]
    public void A_wait_is_a_time_or_without_an_end(string text, int? milliseconds, string written)
    {
        Assert.True(Wait.TryRead(text, out Wait wait));
        Assert.Equal(milliseconds, wait.Time?.TotalMilliseconds);
        if (milliseconds != 0) Assert.Equal(written, wait.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-2")]
    [InlineData("soon")]
    [InlineData("8d")]
    public void Anything_else_is_none(string text) => Assert.False(Wait.TryRead(text, out _));
}
