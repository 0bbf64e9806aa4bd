namespace RawNet.Tests;

public sealed class SendWaiterTests
{
    readonly SendWaiter waiter = new();

    [Fact]
    public async Task It_wakes_at_its_mark_and_not_before()
    {
        ValueTask<bool> waiting = waiter.Arm(10);
        waiter.Reached(11);
        Assert.False(waiting.IsCompleted);
        waiter.Reached(10);
        Assert.True(await waiting);
    }

    [Fact]
    public async Task An_end_wakes_it_with_false()
    {
        ValueTask<bool> waiting = waiter.Arm(0);
        waiter.Ended();
        waiter.Reached(0);
        Assert.False(await waiting);
    }

    [Fact]
    public async Task It_is_reused_after_its_result_was_taken()
    {
        for (int i = 0; i < 100; i++)
        {
            ValueTask<bool> waiting = waiter.Arm(0);
            waiter.Reached(0);
            Assert.True(await waiting);
        }
    }

    /// <summary>A second waiter must not take over the place of one that was woken but has not gone on yet.</summary>
    [Fact]
    public async Task It_stays_taken_until_the_woken_one_has_its_result()
    {
        ValueTask<bool> first = waiter.Arm(0);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await waiter.Arm(0));
        waiter.Reached(0);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await waiter.Arm(0));
        Assert.True(await first);
        ValueTask<bool> second = waiter.Arm(0);
        waiter.Ended();
        Assert.False(await second);
    }

    [Fact]
    public void Without_a_waiter_nothing_happens()
    {
        waiter.Reached(0);
        waiter.Ended();
    }
}
