using System.Net.Sockets;
using System.Text;
using Testing;

namespace RawNet.Tests;

[Collection(nameof(CountsSharedBytes))]
public sealed class SendQueueTests : IDisposable
{
    const int Bound = 100_000, Owed = 200;

    readonly ManualTime time = new();
    readonly Heartbeat heartbeat;
    readonly ScriptedChannel channel = new();
    readonly SendQueue queue;
    readonly long outstandingAtStart = SharedBytes.Outstanding;

    public SendQueueTests()
    {
        heartbeat = new Heartbeat(time);
        queue = new SendQueue(channel, heartbeat, new SendQueueOptions { MaxBytes = Bound, OwedBytes = Owed });
    }

    public void Dispose()
    {
        queue.Dispose();
        channel.Dispose();
        heartbeat.Dispose();
    }

    string Sent => Encoding.ASCII.GetString(channel.Sent);

    static SharedBytes Large(char letter, int length = 10_000)
    {
        SharedBytes bytes = SharedBytes.Rent(length);
        bytes.Span.Fill((byte)letter);
        return bytes;
    }

    void WriteLarge(char letter)
    {
        SharedBytes bytes = Large(letter);
        Assert.True(queue.TryWrite(bytes));
        bytes.Release();
    }

    [Fact]
    public void Nothing_is_sent_before_a_flush()
    {
        Assert.True(queue.TryWrite("a"u8));
        Assert.Equal(0, channel.SendCalls);
        Assert.Equal(1, queue.QueuedBytes);
        queue.Flush();
        Assert.Equal("a", Sent);
        Assert.Equal(0, queue.QueuedBytes);
    }

    [Fact]
    public void A_flush_of_nothing_sends_nothing()
    {
        queue.Flush();
        Assert.True(queue.TryWrite([]));
        queue.Flush();
        Assert.Equal(0, channel.SendCalls);
    }

    [Fact]
    public void Order_is_kept_across_copies_and_shared_bytes_small_and_large()
    {
        Assert.True(queue.TryWrite("1"u8));
        WriteLarge('2');
        Assert.True(queue.TryWrite("3"u8));
        SharedBytes small = SharedBytes.Copy("4"u8);
        Assert.True(queue.TryWrite(small));
        small.Release();
        WriteLarge('5');
        WriteLarge('6');
        Assert.True(queue.TryWriteOwed("7"u8));
        queue.Flush();
        Assert.Equal("1" + new string('2', 10_000) + "34" + new string('5', 10_000) + new string('6', 10_000) + "7", Sent);
        Assert.Equal(outstandingAtStart, SharedBytes.Outstanding);
    }

    [Fact]
    public void Small_writes_leave_together_and_a_large_one_is_sent_in_bounded_parts()
    {
        for (int i = 0; i < 100; i++) Assert.True(queue.TryWrite("abcdefghij"u8));
        queue.Flush();
        Assert.Equal(1, channel.SendCalls);
        queue.TryWrite(new byte[SendQueue.MaxSendBytes * 2 + 1]);
        queue.Flush();
        Assert.Equal(1 + 3, channel.SendCalls);
    }

    [Fact]
    public void Corked_writes_wait_for_the_last_uncork()
    {
        queue.Cork();
        queue.Cork();
        queue.TryWrite("a"u8);
        queue.Flush();
        queue.Uncork();
        queue.TryWrite("b"u8);
        Assert.Equal(0, channel.SendCalls);
        queue.Uncork();
        Assert.Equal("ab", Sent);
        Assert.Equal(1, channel.SendCalls);
    }

    [Fact]
    public void One_send_is_under_way_at_a_time()
    {
        channel.SendsStall = true;
        queue.TryWrite("a"u8);
        queue.Flush();
        queue.TryWrite("b"u8);
        queue.Flush();
        queue.TryWrite("c"u8);
        queue.Flush();
        Assert.Equal(1, channel.SendCalls);
        Assert.Equal(3, queue.QueuedBytes);
        channel.SendsStall = false;
        Assert.Equal("abc", Sent);
        Assert.Equal(2, channel.SendCalls);
        Assert.Equal(0, queue.QueuedBytes);
    }

    [Fact]
    public void A_write_over_the_bound_is_refused_and_queues_nothing()
    {
        Assert.True(queue.TryWrite(new byte[Bound - 1]));
        Assert.False(queue.TryWrite("ab"u8));
        SharedBytes large = Large('x');
        Assert.False(queue.TryWrite(large));
        large.Release();
        Assert.Equal(outstandingAtStart, SharedBytes.Outstanding);
        Assert.Equal(Bound - 1, queue.QueuedBytes);
        Assert.True(queue.TryWrite("z"u8));
        Assert.False(queue.TryWrite("z"u8));
        queue.Flush();
        Assert.Equal(Bound, channel.SentTotal);
        Assert.True(queue.TryWrite("z"u8));
    }

    [Fact]
    public void One_message_larger_than_the_bound_goes_when_nothing_waits()
    {
        Assert.True(queue.TryWrite(new byte[Bound * 2]));
        Assert.False(queue.TryWrite("a"u8));
        queue.Flush();
        Assert.Equal(Bound * 2, channel.SentTotal);
    }

    /// <summary>A refused pump that is told "there is room, try again" would go round for ever.</summary>
    [Theory]
    [InlineData(0, Bound)]
    [InlineData(1, Bound)]
    [InlineData(Bound / 2, Bound / 2 + 1)]
    [InlineData(Bound / 2, Bound)]
    public void Where_there_is_room_a_message_of_any_size_up_to_the_bound_is_taken(int used, int size)
    {
        Assert.True(queue.TryWrite(new byte[used]));
        Assert.True(queue.HasRoom);
        Assert.False(queue.NotifyWhenRoom(() => { }));
        SharedBytes message = Large('x', size);
        Assert.True(queue.TryWrite(message));
        message.Release();
        Assert.Equal(used + size, queue.QueuedBytes);
    }

    [Theory]
    [InlineData(Bound / 2 + 1, Bound / 2)]
    [InlineData(Bound / 2 + 1, Bound)]
    [InlineData(Bound, 1)]
    public void Whoever_was_refused_is_called_and_then_taken(int used, int size)
    {
        byte[] message = new byte[size];
        int calls = 0;
        bool taken = false;
        channel.SendsStall = true;
        Assert.True(queue.TryWrite(new byte[used]));
        queue.Flush();
        Assert.False(queue.TryWrite(message));
        Assert.True(queue.NotifyWhenRoom(() => (calls, taken) = (calls + 1, queue.TryWrite(message))));
        channel.SendsStall = false;
        Assert.Equal(1, calls);
        Assert.True(taken);
    }

    /// <summary>A close frame behind a message larger than the bound found no room, and the connection was given up in the middle of that message.</summary>
    [Fact]
    public void What_the_protocol_owes_has_its_room_behind_a_message_over_the_bound_too()
    {
        Assert.True(queue.TryWrite(new byte[4 * Bound]));
        Assert.True(queue.TryWriteOwed(new byte[Owed]));
        Assert.False(queue.TryWriteOwed(new byte[1]));
        queue.Flush();
        Assert.Equal(4 * Bound + Owed, channel.SentTotal);
        Assert.True(queue.TryWrite(new byte[Bound])); // and no more than its room once that message is gone
        Assert.True(queue.TryWriteOwed(new byte[Owed]));
        Assert.False(queue.TryWriteOwed(new byte[1]));
    }

    [Fact]
    public void A_head_and_its_content_are_written_as_one_and_judged_as_two()
    {
        Assert.True(queue.TryWriteOwed("head "u8, "content"u8, out bool isContentQueued));
        Assert.True(isContentQueued);
        queue.Flush();
        Assert.Equal(("head content", 1), (Sent, channel.SendCalls));
        Assert.True(queue.TryWrite(new byte[Bound]));
        Assert.True(queue.TryWriteOwed(new byte[Owed - 1], "x"u8, out isContentQueued));
        Assert.False(isContentQueued);
        Assert.True(queue.TryWriteOwed("h"u8, [], out isContentQueued)); // without content nothing is missing
        Assert.True(isContentQueued);
        Assert.False(queue.TryWriteOwed("h"u8, [], out isContentQueued));
        Assert.False(isContentQueued);
        Assert.Equal(Bound + Owed, queue.QueuedBytes);
        queue.Dispose();
        Assert.False(queue.TryWriteOwed("h"u8, "c"u8, out isContentQueued));
        Assert.False(isContentQueued);
    }

    /// <summary>Were each of them sent by a call inside the one before, the stack would end before the messages do.</summary>
    [Fact]
    public void Whoever_writes_when_told_of_room_is_sent_by_the_loop_that_told_it()
    {
        channel.KeepsSent = false;
        byte[] message = new byte[Bound * 6 / 10]; // more than half of the bound, less than one send
        int left = 100_000;
        queue.Cork();
        WriteAndAskForRoom();
        queue.Uncork();
        Assert.Equal((0, 0), (left, queue.QueuedBytes));

        void WriteAndAskForRoom()
        {
            if (--left == 0) return;
            Assert.True(queue.TryWrite(message));
            Assert.True(queue.NotifyWhenRoom(WriteAndAskForRoom));
            queue.Flush();
        }
    }

    [Fact]
    public void What_the_protocol_owes_has_room_of_its_own()
    {
        Assert.True(queue.TryWrite(new byte[Bound]));
        Assert.False(queue.TryWrite("a"u8));
        Assert.True(queue.TryWriteOwed(new byte[Owed - 1]));
        Assert.False(queue.TryWriteOwed(new byte[2]));
        Assert.True(queue.TryWriteOwed(new byte[1]));
        Assert.Equal(Bound + Owed, queue.QueuedBytes);
        queue.Flush();
        Assert.Equal(Bound + Owed, channel.SentTotal);
    }

    [Fact]
    public async Task Waiting_for_room_ends_when_half_of_the_bound_is_free()
    {
        Assert.True(await queue.WaitForRoomAsync());
        channel.SendsStall = true;
        queue.TryWrite(new byte[Bound / 2]);
        queue.Flush();
        Assert.True(queue.HasRoom);
        queue.TryWrite(new byte[1]);
        Assert.False(queue.HasRoom);
        ValueTask<bool> room = queue.WaitForRoomAsync();
        Assert.False(room.IsCompleted);
        channel.SendsStall = false;
        Assert.True(await room);
        Assert.True(queue.HasRoom);
    }

    [Fact]
    public async Task Waiting_for_empty_ends_when_all_was_handed_over()
    {
        Assert.True(await queue.WaitForEmptyAsync());
        channel.SendsStall = true;
        queue.TryWrite("a"u8);
        queue.Flush();
        queue.TryWrite("b"u8);
        ValueTask<bool> empty = queue.WaitForEmptyAsync();
        Assert.False(empty.IsCompleted);
        channel.SendsStall = false;
        Assert.True(await empty);
        Assert.Equal("ab", Sent);
    }

    /// <summary>A handler that fills the queue inside a corked read would otherwise wait for bytes that nothing sends.</summary>
    [Fact]
    public async Task Waiting_sends_even_while_corked()
    {
        queue.Cork();
        queue.TryWrite(new byte[Bound]);
        Assert.True(await queue.WaitForRoomAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(Bound, channel.SentTotal);
        queue.Uncork();
    }

    [Fact]
    public async Task There_is_one_waiter_at_a_time()
    {
        channel.SendsStall = true;
        queue.TryWrite("a"u8);
        ValueTask<bool> first = queue.WaitForEmptyAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await queue.WaitForEmptyAsync());
        channel.SendsStall = false;
        Assert.True(await first);
        channel.SendsStall = true;
        queue.TryWrite("b"u8);
        ValueTask<bool> second = queue.WaitForEmptyAsync();
        channel.SendsStall = false;
        Assert.True(await second);
    }

    [Fact]
    public void Notify_when_room_calls_once_and_only_if_there_was_none()
    {
        int calls = 0;
        Assert.False(queue.NotifyWhenRoom(() => calls++));
        channel.SendsStall = true;
        queue.TryWrite(new byte[Bound]);
        queue.Flush();
        Assert.True(queue.NotifyWhenRoom(() => calls++));
        Assert.Equal(0, calls);
        channel.SendsStall = false;
        Assert.Equal(1, calls);
        queue.TryWrite(new byte[Bound]);
        queue.Flush();
        Assert.Equal(1, calls);
    }

    [Fact]
    public void The_one_notified_may_fill_the_queue_again()
    {
        const int Messages = 10_000;
        byte[] message = new byte[Bound / 10];
        int written = 0;
        void Pump()
        {
            do
            {
                while (written < Messages && queue.TryWrite(message)) written++;
            }
            while (written < Messages && !queue.NotifyWhenRoom(Pump));
            queue.Flush();
        }
        channel.KeepsSent = false;
        Pump();
        Assert.Equal(Messages, written);
        Assert.Equal((long)Messages * message.Length, channel.SentTotal);
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_is_given_up_at_the_deadline()
    {
        channel.SendsStall = true;
        WriteLarge('a');
        queue.Flush();
        WriteLarge('b');
        ValueTask<bool> empty = queue.WaitForEmptyAsync();
        time.Advance(9900);
        Assert.False(queue.HasEnded);
        time.Advance(100);
        Assert.True(queue.HasEnded);
        Assert.True(channel.IsAborted);
        Assert.IsType<TimeoutException>(queue.Failure);
        Assert.False(await empty);
        Assert.Equal(outstandingAtStart, SharedBytes.Outstanding);
        Assert.Equal(0, queue.QueuedBytes);
    }

    [Fact]
    public void Progress_gives_a_peer_a_new_deadline()
    {
        for (int i = 0; i < 10; i++)
        {
            channel.SendsStall = true;
            WriteLarge('a');
            queue.Flush();
            time.Advance(9900);
            channel.SendsStall = false;
        }
        time.Advance(60_000);
        Assert.False(queue.HasEnded);
        Assert.Equal(10 * 10_000, Sent.Length);
    }

    /// <summary>The peer takes <paramref name="bytes"/> each time, just before a send would have stalled; more waits all the while.</summary>
    int SendsTakenAt(int bytes, int everyMilliseconds)
    {
        byte[] piece = new byte[bytes];
        channel.SendsStall = true;
        queue.TryWrite(piece);
        queue.Flush();
        int taken = 0;
        for (; taken < 50 && !queue.HasEnded; taken++)
        {
            queue.TryWrite(piece);
            time.Advance(everyMilliseconds);
            channel.TakeOneSend();
        }
        return taken;
    }

    [Fact]
    public void A_peer_that_takes_a_little_now_and_then_is_given_up_below_the_least_rate()
    {
        Assert.InRange(SendsTakenAt(bytes: 100, everyMilliseconds: 1_000), 8, 12); // 5 s of grace, and each send gives 0.4 s of the second it takes
        Assert.IsType<TimeoutException>(queue.Failure);
        Assert.True(channel.IsAborted);
    }

    [Fact]
    public void A_peer_at_the_least_rate_is_not() => Assert.Equal(50, SendsTakenAt(bytes: 240, everyMilliseconds: 1_000));

    [Fact]
    public void A_peer_that_takes_nothing_of_a_small_send_has_the_grace_and_what_the_bytes_are_worth()
    {
        channel.SendsStall = true;
        queue.TryWrite(new byte[240]);
        queue.Flush();
        time.Advance(5_900);
        Assert.False(queue.HasEnded);
        time.Advance(100);
        Assert.True(queue.HasEnded);
    }

    [Fact]
    public void When_nothing_waits_the_account_is_closed()
    {
        for (int i = 0; i < 20; i++)
        {
            channel.SendsStall = true;
            queue.TryWrite("a"u8);
            queue.Flush();
            time.Advance(4_000);
            channel.SendsStall = false;
            time.Advance(60_000);
        }
        Assert.False(queue.HasEnded);
    }

    [Fact]
    public void Corked_bytes_have_no_deadline()
    {
        queue.Cork();
        queue.TryWrite("a"u8);
        time.Advance(60_000);
        Assert.False(queue.HasEnded);
        queue.Uncork();
        Assert.Equal("a", Sent);
    }

    [Fact]
    public void A_broken_channel_ends_the_queue_and_frees_everything()
    {
        WriteLarge('a');
        WriteLarge('b');
        queue.TryWrite("c"u8);
        channel.Break(new SocketException((int)SocketError.ConnectionReset));
        queue.Flush();
        AssertFailedWith<SocketException>();
    }

    [Fact]
    public void A_channel_that_breaks_during_a_send_ends_the_queue_and_frees_everything()
    {
        channel.SendsStall = true;
        WriteLarge('a');
        queue.Flush();
        WriteLarge('b');
        channel.Break(new IOException("broken"));
        AssertFailedWith<IOException>();
    }

    /// <summary>Whatever a channel throws ends its connection: on the thread that continues a send nobody else could catch it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_unexpected_exception_of_the_channel_ends_the_queue_too(bool duringASend)
    {
        channel.SendsStall = duringASend;
        if (!duringASend) channel.Break(new InvalidOperationException("unexpected"));
        WriteLarge('a');
        queue.Flush();
        if (duringASend) channel.Break(new InvalidOperationException("unexpected"));
        AssertFailedWith<InvalidOperationException>();
    }

    void AssertFailedWith<T>() where T : Exception
    {
        Assert.True(queue.HasEnded);
        Assert.IsType<T>(queue.Failure);
        Assert.True(channel.IsAborted);
        Assert.Equal(outstandingAtStart, SharedBytes.Outstanding);
        Assert.False(queue.TryWrite("x"u8));
        Assert.False(queue.TryWriteOwed("x"u8));
        Assert.False(queue.NotifyWhenRoom(() => { }));
    }

    [Fact]
    public async Task Disposing_wakes_those_who_wait_and_frees_what_is_not_under_way()
    {
        int notified = 0;
        queue.TryWrite(new byte[Bound - 20_000]);
        WriteLarge('a');
        channel.SendsStall = true;
        ValueTask<bool> empty = queue.WaitForEmptyAsync();
        Assert.True(queue.NotifyWhenRoom(() => notified++));
        queue.Dispose();
        Assert.False(await empty);
        Assert.Equal(1, notified);
        Assert.Null(queue.Failure);
        Assert.True(queue.HasEnded);
        Assert.Equal(outstandingAtStart, SharedBytes.Outstanding);
    }

    [Fact]
    public void Bytes_that_the_channel_may_still_read_are_kept_until_its_send_ends()
    {
        channel.SendsStall = true;
        WriteLarge('a');
        queue.Flush();
        WriteLarge('b');
        queue.Dispose();
        Assert.Equal(outstandingAtStart + 1, SharedBytes.Outstanding);
        channel.SendsStall = false;
        Assert.Equal(outstandingAtStart, SharedBytes.Outstanding);
        Assert.Equal(new string('a', 10_000), Sent);
    }

    [Fact]
    public async Task After_the_end_of_writing_nothing_more_is_queued_and_the_rest_still_leaves()
    {
        queue.Cork();
        queue.TryWrite("last"u8);
        queue.EndWriting();
        Assert.False(queue.TryWrite("late"u8));
        Assert.False(queue.TryWriteOwed("late"u8));
        SharedBytes large = Large('x');
        Assert.False(queue.TryWrite(large));
        large.Release();
        Assert.True(await queue.WaitForEmptyAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal("last", Sent);
        Assert.False(queue.HasEnded);
    }

    [Fact]
    public void A_warm_write_and_flush_that_completes_at_once_allocates_nothing()
    {
        channel.KeepsSent = false;
        byte[] small = new byte[100];
        SharedBytes large = Large('a');
        Assert.Equal(0, Allocation.OfWarm(() =>
        {
            queue.Cork();
            queue.TryWrite(small);
            queue.TryWrite(large);
            queue.TryWrite(small);
            queue.Uncork();
        }));
        large.Release();
        Assert.Equal(0, queue.QueuedBytes);
    }

    [Fact]
    public void A_warm_write_and_flush_that_stalls_and_continues_allocates_nothing()
    {
        channel.KeepsSent = false;
        byte[] small = new byte[100];
        SharedBytes large = Large('a');
        Assert.Equal(0, Allocation.OfWarm(() =>
        {
            channel.SendsStall = true;
            queue.TryWrite(small);
            queue.Flush();
            queue.TryWrite(large);
            queue.TryWrite(small);
            channel.SendsStall = false;
        }));
        large.Release();
        Assert.Equal(0, queue.QueuedBytes);
    }
}
