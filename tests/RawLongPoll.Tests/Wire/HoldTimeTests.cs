using RawLongPoll.Wire;

namespace RawLongPoll.Tests.Wire;

public class HoldTimeTests
{
    [Theory]
    [InlineData(25, 0u, 22_500)]
    [InlineData(25, uint.MaxValue, 25_000)]
    [InlineData(25, uint.MaxValue / 2, 23_749)]
    [InlineData(1, 0u, 900)]
    [InlineData(120, uint.MaxValue, 120_000)]
    [InlineData(0, uint.MaxValue, 0)]
    public void A_hold_lasts_between_90_and_100_percent_of_the_wait(int wait, uint random, int milliseconds) =>
        Assert.Equal(milliseconds, HoldTime.MillisecondsOf(wait, random));
}
