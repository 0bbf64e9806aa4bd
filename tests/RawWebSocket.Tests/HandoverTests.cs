namespace RawWebSocket.Tests;

public sealed class HandoverTests
{
    static readonly CancellationToken Never = CancellationToken.None;

    readonly Handover<int> handover = new();

    [Fact]
    public async Task The_loop_goes_on_when_what_it_offered_was_taken_and_let_go()
    {
        ValueTask offer = handover.OfferAsync(1);
        Assert.Equal(1, await handover.TakeAsync(Never));
        Assert.False(offer.IsCompleted);
        handover.LetGo();
        Assert.True(offer.IsCompletedSuccessfully);
        await offer;
        handover.LetGo(); // a second time means nothing
    }

    [Fact]
    public async Task The_next_take_lets_go_of_the_last_and_waits()
    {
        ValueTask first = handover.OfferAsync(1);
        await handover.TakeAsync(Never);
        ValueTask<int?> second = handover.TakeAsync(Never);
        Assert.Equal((true, false), (first.IsCompleted, second.IsCompleted));
        await first;
        ValueTask offer = handover.OfferAsync(2);
        Assert.Equal(2, await second);
        Assert.False(offer.IsCompleted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_end_in_order_is_null_now_and_ever_after(bool waits)
    {
        ValueTask<int?> waiting = waits ? handover.TakeAsync(Never) : default;
        handover.End(null);
        Assert.Null(await waiting);
        Assert.Null(await handover.TakeAsync(Never));
        Assert.Null(await handover.TakeAsync(Never));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_end_is_thrown_now_and_ever_after(bool waits)
    {
        ValueTask<int?> waiting = waits ? handover.TakeAsync(Never) : default;
        handover.End(new IOException("gone"));
        if (waits) await Assert.ThrowsAsync<IOException>(async () => await waiting);
        await Assert.ThrowsAsync<IOException>(async () => await handover.TakeAsync(Never));
        await Assert.ThrowsAsync<IOException>(async () => await handover.TakeAsync(Never));
    }

    [Fact]
    public async Task A_cancelled_wait_loses_nothing()
    {
        using var cancel = new CancellationTokenSource();
        ValueTask<int?> waiting = handover.TakeAsync(cancel.Token);
        await cancel.CancelAsync();
        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
        Assert.Equal(cancel.Token, cancelled.CancellationToken);
        ValueTask offer = handover.OfferAsync(1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await handover.TakeAsync(cancel.Token));
        Assert.Equal(1, await handover.TakeAsync(Never));
        Assert.False(offer.IsCompleted);
    }

    [Fact]
    public async Task A_take_that_is_cancelled_already_keeps_what_was_taken()
    {
        Task offer = handover.OfferAsync(1).AsTask();
        await handover.TakeAsync(Never);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await handover.TakeAsync(new CancellationToken(canceled: true)));
        Assert.False(offer.IsCompleted);
    }

    [Fact]
    public async Task Two_who_wait_at_once_are_the_callers_mistake()
    {
        ValueTask<int?> first = handover.TakeAsync(Never);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await handover.TakeAsync(Never));
        handover.End(null);
        Assert.Null(await first);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dropping_lets_the_loop_run_free(bool taken)
    {
        Task offer = handover.OfferAsync(1).AsTask();
        if (taken) await handover.TakeAsync(Never);
        handover.Drop();
        Assert.True(offer.IsCompleted);
        await offer;
        Assert.True(handover.OfferAsync(2).AsTask().IsCompleted);
        ValueTask<int?> waiting = handover.TakeAsync(Never);
        Assert.False(waiting.IsCompleted);
        handover.End(null);
        Assert.Null(await waiting);
    }

    [Fact]
    public async Task Numbers_arrive_in_order_and_once_whoever_is_faster()
    {
        const int Count = 20_000;
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Task offering = Task.Run(async () =>
        {
            for (int i = 0; i < Count; i++) await handover.OfferAsync(i);
            handover.End(null);
        });
        int next = 0;
        while (true)
        {
            using var cancel = new CancellationTokenSource();
            if (next % 3 == 0) _ = Task.Run(cancel.Cancel, Never);
            try
            {
                if (await handover.TakeAsync(next % 3 == 1 ? Never : cancel.Token).AsTask().WaitAsync(late.Token) is not { } number) break;
                Assert.Equal(next++, number);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                late.Token.ThrowIfCancellationRequested(); // tried again
            }
        }
        Assert.Equal(Count, next);
        await offering;
    }
}
