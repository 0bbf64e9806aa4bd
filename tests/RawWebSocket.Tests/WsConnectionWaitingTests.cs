using RawWebSocket.Wire;

namespace RawWebSocket.Tests;

/// <summary>What waits at a connection: sends from any thread, and pings.</summary>
public sealed class WsConnectionWaitingTests
{
    static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(TimeSpan.FromSeconds(20));

    [Fact]
    public async Task Sends_of_any_thread_wait_for_room_and_leave_in_the_order_of_their_calls()
    {
        using var rig = new WsRig(new RecordingHandler(), sending: new() { MaxBytes = 100 });
        rig.Channel.SendsStall = true;
        string sixty = new('x', 60), ninety = new('y', 90); // with the first one sent there is room for each small one, and none for the second
        List<Task<bool>> sends = [rig.Connection.SendTextAsync(sixty).AsTask(), rig.Connection.SendTextAsync(ninety).AsTask()];
        for (int i = 2; i < 20; i++) sends.Add(rig.Connection.SendTextAsync($"{i}").AsTask());
        Assert.Equal(1, sends.Count(send => send.IsCompleted)); // the small ones don't overtake
        rig.Channel.SendsStall = false;
        Assert.All(await Soon(Task.WhenAll(sends)), Assert.True);
        Assert.Equal($"Text {sixty}; Text {ninety}; " + string.Join("; ", Enumerable.Range(2, 18).Select(i => $"Text {i}")), rig.TakeSent());
    }

    [Fact]
    public async Task Many_threads_send_at_once_and_nothing_is_lost()
    {
        using var rig = new WsRig(new RecordingHandler(), sending: new() { MaxBytes = 300 });
        Task[] senders = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 500; i++) Assert.True(await rig.Connection.SendAsync(WsMessage.OfBytes(new byte[50])));
        }))];
        await Task.WhenAll(senders).WaitAsync(TimeSpan.FromSeconds(60));
        await rig.Channel.WhenSent(8 * 500 * 52);
        Assert.Equal(4000, rig.TakeSent().Split(';').Length);
    }

    [Theory]
    [InlineData("closed by the peer")]
    [InlineData("the stream ends")]
    [InlineData("aborted")]
    [InlineData("too slow")]
    public async Task Whoever_waits_for_room_learns_that_the_connection_ends(string how)
    {
        using var rig = new WsRig(new RecordingHandler(), sending: new() { MaxBytes = 100 });
        rig.Channel.SendsStall = true;
        Task<bool>[] sends = [.. Enumerable.Range(0, 5).Select(_ => rig.Connection.SendAsync(WsMessage.OfBytes(new byte[90])).AsTask())];
        Assert.Equal(1, sends.Count(send => send.IsCompleted));
        switch (how)
        {
            case "closed by the peer": rig.ArriveCloseAndEnd(); rig.Channel.SendsStall = false; break;
            case "the stream ends": rig.Channel.ArriveEnd(); rig.Channel.SendsStall = false; break;
            case "aborted": rig.Connection.Abort(); break;
            case "too slow": rig.Time.Advance(10_200); break;
        }
        await Soon(rig.Run);
        bool[] sent = await Soon(Task.WhenAll(sends));
        Assert.Equal([true, false, false, false, false], sent);
        Assert.False(await rig.Connection.SendTextAsync("late"));
    }

    [Fact]
    public async Task A_lone_surrogate_is_the_callers_mistake()
    {
        using var rig = new WsRig(new RecordingHandler());
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await rig.Connection.SendTextAsync("\uD800"));
    }

    // Pings.

    static byte[] PingOf(WsRig rig)
    {
        byte[] sent = rig.Channel.TakeSent(); // a server's frame: no mask
        Assert.Equal((0x89, 8), (sent[0], sent[1]));
        return sent[2..];
    }

    [Fact]
    public async Task A_ping_tells_its_round_trip()
    {
        using var rig = new WsRig(new RecordingHandler());
        Task<TimeSpan> ping = rig.Connection.PingAsync();
        byte[] payload = PingOf(rig);
        rig.Arrive(Opcode.Pong, []);
        rig.Time.Advance(320);
        Assert.False(ping.IsCompleted);
        rig.Arrive(Opcode.Pong, payload);
        Assert.Equal(320, (await Soon(ping)).TotalMilliseconds);
    }

    [Fact]
    public async Task A_ping_without_room_waits_for_it()
    {
        using var rig = new WsRig(new RecordingHandler(), sending: new() { MaxBytes = 100, OwedBytes = 0 });
        rig.Channel.SendsStall = true;
        rig.Connection.TrySendBinary(new byte[98]);
        Task<TimeSpan> ping = rig.Connection.PingAsync();
        Assert.False(ping.IsCompleted);
        rig.Channel.SendsStall = false;
        await rig.Channel.WhenSent(110);
        rig.Arrive(Opcode.Pong, rig.Channel.TakeSent()[^8..]);
        await Soon(ping);
    }

    [Fact]
    public async Task A_cancelled_ping_leaves_the_connection_as_it_was()
    {
        using var rig = new WsRig(new RecordingHandler());
        using var cancel = new CancellationTokenSource();
        Task<TimeSpan> ping = rig.Connection.PingAsync(cancel.Token);
        byte[] payload = PingOf(rig);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(ping));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Connection.PingAsync(cancel.Token));
        rig.Arrive(Opcode.Pong, payload);
        Assert.True(rig.Connection.IsOpen);
    }

    [Fact]
    public async Task A_ping_ends_with_the_connection_and_says_how_that_ended()
    {
        using var rig = new WsRig(new RecordingHandler());
        Task<TimeSpan> ping = rig.Connection.PingAsync();
        rig.Time.Advance(40_000);
        WsClosedException closed = await Assert.ThrowsAsync<WsClosedException>(() => Soon(ping));
        Assert.Equal(WsEnding.KeepAliveTimedOut, closed.Ending);
        await Assert.ThrowsAsync<WsClosedException>(() => Soon(rig.Connection.PingAsync()));
    }
}
