namespace RawNet.Tests;

public sealed class LeastRateTests
{
    [Fact]
    public void At_first_there_is_the_grace() => Assert.Equal(5_000, new LeastRate(240, 5_000).LeftMilliseconds);

    [Fact]
    public void Waiting_takes_time_and_bytes_give_it()
    {
        LeastRate rate = new(240, 5_000);
        rate.Waited(4_000);
        Assert.Equal(1_000, rate.LeftMilliseconds);
        rate.Moved(240);
        Assert.Equal(2_000, rate.LeftMilliseconds);
        rate.Waited(2_000);
        Assert.Equal(0, rate.LeftMilliseconds);
        rate.Waited(1_000);
        Assert.Equal(-1_000, rate.LeftMilliseconds);
    }

    [Fact]
    public void A_peer_just_at_the_rate_is_never_late()
    {
        LeastRate rate = new(240, 0);
        for (int second = 0; second < 100_000; second++)
        {
            for (int i = 0; i < 240; i++) rate.Moved(1);
            rate.Waited(1_000);
            Assert.Equal(0, rate.LeftMilliseconds);
        }
        rate.Waited(1);
        rate.Moved(0);
        Assert.Equal(-1, rate.LeftMilliseconds);
    }

    [Fact]
    public void The_largest_values_do_not_overflow()
    {
        LeastRate rate = new(int.MaxValue, int.MaxValue);
        rate.Moved(1L << 50);
        Assert.InRange(rate.LeftMilliseconds, int.MaxValue, long.MaxValue);
    }
}
