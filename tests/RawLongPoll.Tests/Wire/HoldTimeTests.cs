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

    [Theory]
    [InlineData(25, 0u, 22_600)]
    [InlineData(25, uint.MaxValue, 24_900)]
    [InlineData(2, 0u, 1900)]
    [InlineData(2, uint.MaxValue, 1900)]
    [InlineData(1, 0u, 950)]
    [InlineData(1, uint.MaxValue, 950)]
    [InlineData(0, 0u, 0)]
    public void A_coarse_clock_keeps_it_away_from_both_ends(int wait, uint random, int milliseconds) =>
        Assert.Equal(milliseconds, HoldTime.MillisecondsOf(wait, random, clockMilliseconds: 100));
}
