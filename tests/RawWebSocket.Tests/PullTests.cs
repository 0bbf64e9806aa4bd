namespace RawWebSocket.Tests;

public sealed class PullTests
{
    readonly Pull<int> pull = new();

    [Fact]
    public async Task What_is_enumerated_is_let_go_one_after_the_other_and_at_the_end()
    {
        IAsyncEnumerator<int> all = pull.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        Task first = pull.OfferAsync(1).AsTask();
        Assert.True(await all.MoveNextAsync());
        Assert.Equal((1, false), (all.Current, first.IsCompleted));
        ValueTask<bool> next = all.MoveNextAsync();
        Assert.True(first.IsCompleted);
        Task second = pull.OfferAsync(2).AsTask();
        Assert.True(await next);
        Assert.False(second.IsCompleted);
        await all.DisposeAsync();
        Assert.True(second.IsCompleted);
    }

    [Fact]
    public async Task Once_stopped_nothing_holds_the_loop()
    {
        Task held = pull.OfferAsync(1).AsTask();
        pull.Stop();
        await held;
        Assert.True(pull.OfferAsync(2).AsTask().IsCompleted);
        Assert.Throws<InvalidOperationException>(() => pull.Connection);
    }
}
