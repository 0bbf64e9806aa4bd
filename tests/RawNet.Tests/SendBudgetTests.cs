using Testing;

namespace RawNet.Tests;

/// <summary>The bound over all send queues: what is counted, what is refused, and that nobody sleeps for ever when it changes in between.</summary>
public sealed class SendBudgetTests : IDisposable
{
    const int Max = 400_000, Total = 500_000, Floor = SendBudget.FloorBytes;

    readonly Heartbeat heartbeat = new(new ManualTime());
    readonly SendBudget budget = new(Total);
    readonly List<(ScriptedChannel Channel, SendQueue Queue)> made = [];

    public void Dispose()
    {
        foreach ((ScriptedChannel channel, SendQueue queue) in made)
        {
            queue.Dispose();
            channel.Dispose();
        }
        heartbeat.Dispose();
    }

    (ScriptedChannel Channel, SendQueue Queue) Stalled(int queued = 0, SendBudget? of = null)
    {
        ScriptedChannel channel = new() { SendsStall = true };
        SendQueue queue = new(channel, heartbeat, new() { MaxBytes = Max, OwedBytes = 200, Budget = of ?? budget });
        made.Add((channel, queue));
        Assert.True(queue.TryWrite(new byte[queued]));
        queue.Flush();
        return (channel, queue);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void A_negative_bound_is_the_callers_mistake(long bytes) => Assert.Throws<ArgumentOutOfRangeException>(() => new SendBudget(bytes));

    [Fact]
    public void Its_default_is_a_quarter_of_the_memory_in_whole_MiB() =>
        Assert.InRange(SendBudget.QuarterOfMemory, (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4) - (1 << 20), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

    [Fact]
    public void All_that_is_queued_anywhere_is_counted_until_it_is_sent_or_dropped()
    {
        (ScriptedChannel sends, SendQueue one) = Stalled(1_000);
        (_, SendQueue two) = Stalled(20_000);
        Assert.True(two.TryWriteOwed(new byte[50]));
        Assert.Equal(21_050, budget.QueuedBytes);
        sends.SendsStall = false;
        Assert.Equal(20_050, budget.QueuedBytes);
        two.Dispose();
        Assert.Equal(0, budget.QueuedBytes);
        two.Dispose();
        made[1].Channel.SendsStall = false; // what was under way is not counted off twice
        Assert.Equal((0, 0), (budget.QueuedBytes, one.QueuedBytes));
    }

    [Fact]
    public void Beyond_it_each_queue_has_the_floor_and_the_refusal_is_counted()
    {
        (_, SendQueue late) = Stalled(Floor / 2);
        Stalled(Max);
        Assert.True(late.TryWrite(new byte[Max - (Floor / 2) - 1])); // up to here its own bound held
        Assert.True(budget.QueuedBytes > Total);
        (_, SendQueue small) = Stalled(Floor / 2);
        Assert.True(small.HasRoom);
        Assert.True(small.TryWrite(new byte[Floor / 2]));
        Assert.Equal((false, 0L), (small.HasRoom, budget.RefusedWrites));
        Assert.False(small.TryWrite("x"u8));
        Assert.Equal(1, budget.RefusedWrites);
        Assert.False(late.TryWrite(new byte[2])); // refused by its own bound: not the total's doing
        Assert.Equal(1, budget.RefusedWrites);
    }

    [Fact]
    public void An_empty_queue_takes_one_message_of_any_size_however_much_waits_elsewhere()
    {
        Stalled(Total + 1);
        (_, SendQueue queue) = Stalled();
        Assert.True(queue.TryWrite(new byte[Max]));
        Assert.False(queue.TryWrite("x"u8));
    }

    [Fact]
    public void What_the_protocol_owes_comes_on_top_of_the_floor_or_of_what_is_there()
    {
        SendQueue small = Stalled(Floor).Queue, large = Stalled(Max - 10).Queue;
        Stalled(Total);
        Assert.Equal((true, false), (small.TryWriteOwed(new byte[200]), small.TryWriteOwed(new byte[1])));
        Assert.Equal((true, false), (large.TryWriteOwed(new byte[200]), large.TryWriteOwed(new byte[1])));
    }

    [Fact]
    public void The_total_is_at_most_the_bound_and_for_each_queue_the_floor_and_one_message()
    {
        const int Queues = 50, Message = 10_000;
        for (int i = 0; i < Queues; i++)
        {
            SendQueue queue = Stalled().Queue;
            while (queue.TryWrite(new byte[Message])) { }
            Assert.True(queue.QueuedBytes > 0);
        }
        Assert.InRange(budget.QueuedBytes, Total, Total + (Queues * (Floor + Message)));
    }

    [Fact]
    public void One_that_waits_is_told_though_the_bound_became_smaller_after_it_began()
    {
        (ScriptedChannel channel, SendQueue queue) = Stalled(Max);
        int told = 0;
        Assert.True(queue.NotifyWhenRoom(() => told++)); // waits for half of its own bound
        Stalled(Total);
        while (queue.QueuedBytes > Floor / 2)
        {
            Assert.Equal(0, told);
            channel.TakeOneSend();
        }
        Assert.Equal(1, told);
    }

    [Fact]
    public void One_that_waits_is_told_though_the_bound_became_larger_after_it_began()
    {
        (_, SendQueue other) = Stalled(Total + 1);
        (ScriptedChannel channel, SendQueue queue) = Stalled(Max / 2);
        int told = 0;
        Assert.True(queue.NotifyWhenRoom(() => told++)); // waits for half of the floor
        other.Dispose();
        Assert.Equal(0, told);
        channel.TakeOneSend();
        Assert.Equal(1, told);
    }

    [Fact]
    public void One_that_is_refused_and_then_finds_the_bound_larger_is_told_to_try_again()
    {
        (_, SendQueue other) = Stalled(Total + 1);
        (_, SendQueue queue) = Stalled(Max / 2);
        Assert.False(queue.TryWrite("x"u8));
        other.Dispose();
        Assert.False(queue.NotifyWhenRoom(() => Assert.Fail("was to be tried at once")));
        Assert.True(queue.TryWrite("x"u8));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_waits_for_room_goes_on_whichever_way_the_bound_changes(bool isSpentFirst)
    {
        SendQueue? other = isSpentFirst ? Stalled(Total + 1).Queue : null;
        (ScriptedChannel channel, SendQueue queue) = Stalled(Max);
        ValueTask<bool> room = queue.WaitForRoomAsync();
        Assert.False(room.IsCompleted);
        if (isSpentFirst) other!.Dispose();
        else Stalled(Total + 1);
        channel.SendsStall = false;
        Assert.True(await room.AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Many_writers_on_many_threads_all_come_through_a_budget_that_is_spent_and_not_by_turns()
    {
        const int Writers = 8, Messages = 2_000;
        SendBudget small = new(100_000);
        using Heartbeat ticking = new(TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            using LateChannel channel = new();
            using SendQueue queue = new(channel, ticking, new() { MaxBytes = Max, Budget = small });
            byte[] message = new byte[9_000];
            for (int i = 0; i < Messages; i++)
            {
                while (!queue.TryWrite(message)) Assert.True(await Told(queue));
                if (i % 5 == 0) queue.Flush();
            }
            Assert.True(await queue.WaitForEmptyAsync());
        }))).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, small.QueuedBytes);
        Assert.True(small.RefusedWrites > 0);
    }

    // As the hub waits: it is told, or tries again at once.
    static Task<bool> Told(SendQueue queue)
    {
        TaskCompletionSource<bool> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Flush();
        return queue.NotifyWhenRoom(() => told.SetResult(true)) ? told.Task : Task.FromResult(!queue.HasEnded);
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        (ScriptedChannel channel, SendQueue queue) = Stalled();
        channel.KeepsSent = channel.SendsStall = false;
        byte[] message = new byte[100];
        Assert.Equal(0, Allocation.OfWarm(() =>
        {
            queue.TryWrite(message);
            queue.Flush();
        }));
    }
}
