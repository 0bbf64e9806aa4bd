using RawNet;
using Testing;

namespace RawHttp.Tests;

public sealed class HeldWaitTests : IDisposable
{
    [ThreadStatic]
    static bool AnswersHere;

    readonly Heartbeat heartbeat = new(new ManualTime());
    readonly ScriptedChannel channel = new();
    readonly Connection connection;
    readonly HeldWait held;

    public HeldWaitTests()
    {
        connection = new Connection(channel, heartbeat, 64, SendQueueOptions.Default);
        held = new HeldWait(connection);
    }

    public void Dispose()
    {
        connection.Dispose();
        heartbeat.Dispose();
    }

    ValueTask WaitAsync(bool watchPeer)
    {
        SynchronizationContext.SetSynchronizationContext(null); // so that the watch goes on inside Arrive, not where the test framework puts it
        return held.WaitAsync(watchPeer);
    }

    [Fact]
    public async Task The_answer_ends_the_wait_and_not_the_watch()
    {
        ValueTask wait = WaitAsync(watchPeer: true);
        Assert.False(wait.IsCompleted);
        held.Answered();
        Assert.True(wait.IsCompleted);
        await wait;
        Assert.False(held.TakeReadable());
        Assert.True(held.IsWatching);
    }

    [Theory]
    [InlineData("ab", 2)]
    [InlineData("", 0)]
    public async Task The_peer_ends_the_wait_and_a_receive_tells_whether_it_sent_or_left(string bytes, int received)
    {
        ValueTask wait = WaitAsync(watchPeer: true);
        Assert.False(held.TakeReadable());
        Assert.True(channel.WaitsWithoutBuffer);
        if (received > 0) channel.Arrive(bytes);
        else channel.ArriveEnd();
        Assert.True(wait.IsCompleted);
        await wait;
        Assert.True(held.TakeReadable());
        Assert.False(held.IsWatching);
        Assert.False(held.TakeReadable());
        Assert.Equal(received, await connection.ReceiveAsync());
    }

    [Fact]
    public void What_came_before_the_wait_ends_it_at_once()
    {
        held.Answered();
        ValueTask afterAnswer = WaitAsync(watchPeer: false);
        Assert.True(afterAnswer.IsCompletedSuccessfully);
        held.Reset();
        channel.Arrive("a");
        ValueTask afterBytes = WaitAsync(watchPeer: true);
        Assert.True(afterBytes.IsCompletedSuccessfully);
        Assert.True(held.TakeReadable());
    }

    [Fact]
    public void A_new_hold_does_not_end_with_the_last_answer()
    {
        held.Answered();
        held.Reset();
        ValueTask wait = WaitAsync(watchPeer: false);
        Assert.False(wait.IsCompleted);
    }

    [Fact]
    public void A_peer_that_is_not_watched_does_not_end_the_wait()
    {
        ValueTask wait = WaitAsync(watchPeer: false);
        channel.Arrive("a");
        Assert.False(wait.IsCompleted);
        Assert.False(held.IsWatching);
        Assert.False(held.TakeReadable());
    }

    /// <summary>A channel takes one receive at a time, so a second watch beside the first would be a fault.</summary>
    [Fact]
    public async Task The_next_hold_takes_up_the_watch_of_the_last()
    {
        ValueTask first = WaitAsync(watchPeer: true);
        held.Answered();
        await first;
        held.Reset();
        ValueTask second = WaitAsync(watchPeer: true);
        Assert.False(second.IsCompleted);
        channel.Arrive("a");
        Assert.True(second.IsCompleted);
        await second;
        Assert.True(held.TakeReadable());
    }

    [Fact]
    public async Task Waiting_for_the_peer_goes_beyond_the_answer()
    {
        ValueTask answer = WaitAsync(watchPeer: true);
        held.Answered();
        await answer;
        ValueTask peer = held.WaitForPeerAsync();
        Assert.False(peer.IsCompleted);
        channel.Arrive("a");
        Assert.True(peer.IsCompleted);
        await peer;
        Assert.True(held.TakeReadable());
    }

    [Fact]
    public async Task A_connection_that_breaks_ends_the_wait_and_is_told_when_the_watch_is_taken()
    {
        ValueTask wait = WaitAsync(watchPeer: true);
        channel.Break(new IOException("broken"));
        Assert.True(wait.IsCompleted);
        await wait;
        Assert.Throws<IOException>(() => held.TakeReadable());
        Assert.False(held.IsWatching);
    }

    /// <summary>Whoever answers may hold a lock that the loop wants.</summary>
    [Fact]
    public async Task The_loop_goes_on_elsewhere_than_in_the_call_that_answers()
    {
        async Task<bool> GoesOnInAnswer()
        {
            await WaitAsync(watchPeer: false).ConfigureAwait(false);
            return AnswersHere;
        }

        Task<bool> loop = GoesOnInAnswer();
        AnswersHere = true;
        held.Answered();
        AnswersHere = false;
        Assert.False(await loop.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_warm_wait_allocates_nothing()
    {
        void HoldOnce()
        {
            held.Reset();
            ValueTask wait = WaitAsync(watchPeer: true);
            held.Answered();
            wait.GetAwaiter().GetResult();
        }

        HoldOnce();
        long before = GC.GetAllocatedBytesForCurrentThread();
        HoldOnce();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
