namespace RawNet.Tests;

public sealed class BoundedPoolTests
{
    [Fact]
    public void What_was_given_back_is_taken_again()
    {
        BoundedPool<object> pool = new(4);
        object first = pool.Take();
        pool.Give(first);
        Assert.Same(first, pool.Take());
        Assert.NotSame(first, pool.Take());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(100)]
    public void It_keeps_no_more_than_its_capacity(int capacity)
    {
        BoundedPool<object> pool = new(capacity);
        HashSet<object> given = new(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < capacity + 5; i++)
        {
            object one = new();
            given.Add(one);
            pool.Give(one);
        }
        int kept = 0;
        while (given.Remove(pool.Take())) kept++;
        Assert.Equal(capacity, kept);
    }

    [Fact]
    public void Two_threads_never_take_the_same_object()
    {
        BoundedPool<Held> pool = new(8);
        Parallel.For(0, 20_000, _ =>
        {
            Held one = pool.Take();
            Assert.Equal(1, Interlocked.Increment(ref one.Users));
            Interlocked.Decrement(ref one.Users);
            pool.Give(one);
        });
    }

    sealed class Held
    {
        public int Users;
    }
}
