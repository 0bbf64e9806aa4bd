using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class BackOffTests
{
    [Fact]
    public void Each_wait_is_up_to_twice_as_long_until_the_longest()
    {
        BackOff backOff = new(new Random(1));
        double most = 0.25;
        for (int i = 0; i < 12; i++)
        {
            Assert.InRange(backOff.Next(TimeSpan.Zero).TotalSeconds, most / 2, most);
            most = Math.Min(2 * most, BackOff.Longest.TotalSeconds);
        }
        backOff.Reset();
        Assert.InRange(backOff.Next(TimeSpan.Zero).TotalSeconds, 0.125, 0.25);
    }

    [Fact]
    public void It_is_no_shorter_than_the_server_asks_for() => Assert.Equal(TimeSpan.FromSeconds(7), new BackOff(new Random(1)).Next(TimeSpan.FromSeconds(7)));
}
