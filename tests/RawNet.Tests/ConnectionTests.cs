using System.Net.Sockets;
using System.Text;
using Testing;

namespace RawNet.Tests;

public sealed class ConnectionTests : IDisposable
{
    readonly ManualTime time = new();
    readonly Heartbeat heartbeat;
    readonly ScriptedChannel channel = new();
    readonly Connection connection;

    public ConnectionTests()
    {
        heartbeat = new Heartbeat(time);
        connection = new Connection(channel, heartbeat, 64, SendQueueOptions.Default);
    }

    public void Dispose()
    {
        connection.Dispose();
        heartbeat.Dispose();
    }

    string Unread => Encoding.ASCII.GetString(connection.Inbox.Unread);

    [Fact]
    public async Task An_idle_connection_waits_without_a_buffer()
    {
        channel.Arrive("ab");
        Assert.Equal(2, await connection.ReceiveAsync());
        Assert.True(connection.Inbox.HoldsBlock);
        connection.Inbox.Consume(2);
        ValueTask<int> waiting = connection.ReceiveAsync();
        Assert.True(channel.WaitsWithoutBuffer);
        Assert.False(connection.Inbox.HoldsBlock);
        channel.Arrive("cd");
        Assert.Equal(2, await waiting);
        Assert.Equal("cd", Unread);
    }

    [Fact]
    public async Task What_is_unread_stays_in_front_of_what_comes()
    {
        channel.Arrive("ab");
        await connection.ReceiveAsync();
        ValueTask<int> waiting = connection.ReceiveAsync();
        Assert.False(channel.WaitsWithoutBuffer);
        channel.Arrive("cd");
        Assert.Equal(2, await waiting);
        Assert.Equal("abcd", Unread);
    }

    [Fact]
    public async Task A_peer_that_is_always_ahead_leaves_the_thread_to_others_now_and_then()
    {
        int atOnce = 0;
        ValueTask<int> receiving;
        do
        {
            connection.Inbox.Consume(connection.Inbox.Unread.Length);
            channel.Arrive("a");
            receiving = connection.ReceiveAsync();
        }
        while (receiving.IsCompleted && ++atOnce < 1000);
        Assert.Equal(63, atOnce); // the next one goes on in the thread pool
        Assert.Equal(1, await receiving);
    }

    [Fact]
    public async Task The_end_of_the_peer_gives_0()
    {
        ValueTask<int> waiting = connection.ReceiveAsync();
        channel.ArriveEnd();
        Assert.Equal(0, await waiting);
        Assert.Equal(0, await connection.ReceiveAsync());
    }

    [Fact]
    public async Task A_full_inbox_is_the_callers_mistake()
    {
        connection.Inbox.Append(new byte[64]);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await connection.ReceiveAsync());
    }

    [Fact]
    public async Task Ending_sends_what_waits_first_and_refuses_what_comes_later()
    {
        connection.Outbox.Cork();
        connection.Outbox.TryWrite("last"u8);
        Assert.True(await connection.EndSendingAsync());
        Assert.Equal("last", Encoding.ASCII.GetString(channel.Sent));
        Assert.True(channel.HasEndedSending);
        Assert.False(connection.Outbox.TryWrite("late"u8));
    }

    [Fact]
    public async Task Ending_waits_for_a_stalled_send()
    {
        channel.SendsStall = true;
        connection.Outbox.TryWrite("last"u8);
        Task<bool> ending = connection.EndSendingAsync().AsTask();
        Assert.False(channel.HasEndedSending);
        channel.SendsStall = false;
        Assert.True(await ending);
        Assert.True(channel.HasEndedSending);
    }

    [Fact]
    public async Task Ending_a_broken_connection_says_so()
    {
        channel.SendsStall = true;
        connection.Outbox.TryWrite("last"u8);
        Task<bool> ending = connection.EndSendingAsync().AsTask();
        channel.Break(new SocketException((int)SocketError.ConnectionReset));
        Assert.False(await ending);
        Assert.False(channel.HasEndedSending);
    }

    [Fact]
    public async Task An_abort_ends_a_pending_receive()
    {
        ValueTask<int> waiting = connection.ReceiveAsync();
        connection.Abort();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await waiting);
    }

    [Fact]
    public void It_gives_everything_back_at_the_end()
    {
        Recorder owner = new();
        connection.Deadline.Owner = owner;
        connection.Deadline.SetDueIn(100);
        connection.Inbox.Append("abc"u8);
        connection.Dispose();
        connection.Dispose();
        time.Advance(1000);
        Assert.Empty(owner.Calls);
        Assert.False(connection.Inbox.HoldsBlock);
        Assert.True(connection.Outbox.HasEnded);
        Assert.True(channel.IsAborted);
    }

    [Fact]
    public void A_warm_receive_allocates_nothing()
    {
        byte[] bytes = new byte[40];
        long allocated = Allocation.OfWarm(() =>
        {
            ValueTask<int> received = connection.ReceiveAsync();
            channel.Arrive(bytes);
            Assert.True(received.IsCompletedSuccessfully);
            connection.Inbox.Consume(received.Result);
        });
        if (!Allocation.AsyncMethodsAllocate) Assert.Equal(0, allocated);
    }
}
