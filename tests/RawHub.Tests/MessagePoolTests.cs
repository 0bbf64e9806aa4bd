namespace RawHub.Tests;

public sealed class MessagePoolTests
{
    [Fact]
    public void It_counts_what_is_out_and_keeps_no_more_than_it_may()
    {
        MessagePool pool = new(maxKept: 1);
        PublishedMessage first = pool.Rent(), second = pool.Rent();
        Assert.NotSame(first, second);
        Assert.Equal(2, pool.Outstanding);
        pool.Return(first);
        pool.Return(second);
        Assert.Equal(0, pool.Outstanding);
        Assert.Same(first, pool.Rent());
        Assert.NotSame(second, pool.Rent());
    }
}
