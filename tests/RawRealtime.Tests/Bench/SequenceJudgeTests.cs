using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class SequenceJudgeTests
{
    [Theory]
    [InlineData("0 1 2", "0 0 0")]
    [InlineData("0 2", "0 1")]        // one lost
    [InlineData("5", "5")]            // five lost
    [InlineData("0 1 1", "0 0 -1")]   // repeated
    [InlineData("0 2 1 3", "0 1 -1 0")] // in another order
    public void Each_number_has_to_come_once_and_in_order(string numbers, string expected)
    {
        SequenceJudge judge = default;
        Assert.Equal(expected, string.Join(' ', numbers.Split(' ').Select(number => judge.Take(long.Parse(number, System.Globalization.CultureInfo.InvariantCulture)))));
    }
}
