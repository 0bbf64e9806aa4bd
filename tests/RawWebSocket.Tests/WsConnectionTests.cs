using System.Text;
using RawNet;
using RawWebSocket.Tests.Wire;
using RawWebSocket.Wire;

namespace RawWebSocket.Tests;

public sealed class WsConnectionTests
{
    // Endings: each has a test.

    [Theory]
    [InlineData(WsRole.Server)]
    [InlineData(WsRole.Client)]
    public async Task A_peer_that_closes_is_answered_with_its_own_code(WsRole us)
    {
        var handler = new RecordingHandler();
        using var rig = new WsRig(handler, us);
        rig.Arrive(Opcode.Close, [0x03, 0xE9, .. "bye"u8]);
        Assert.Equal("Close 1001", rig.TakeSent());
        Assert.Equal(us == WsRole.Server, rig.Channel.HasEndedSending); // RFC 6455 §7.1.1: the server ends TCP first
        rig.Channel.ArriveEnd();
        Assert.Equal(WsEnding.ClosedByPeer, await rig.Run);
        Assert.True(rig.Channel.HasEndedSending);
        Assert.Equal((CloseCode.GoingAway, "bye"), (rig.Connection.CloseCode, rig.Connection.CloseReason));
        Assert.Equal(["Closed ClosedByPeer"], handler.Log);
    }

    [Fact]
    public async Task A_close_frame_without_a_code_is_answered_with_one_without()
    {
        using var rig = new WsRig(new RecordingHandler());
        rig.Arrive(Opcode.Close, []);
        Assert.Equal("Close 1005", rig.TakeSent());
        rig.Channel.ArriveEnd();
        await rig.Run;
        Assert.Equal(CloseCode.NoStatus, rig.Connection.CloseCode);
    }

    [Theory]
    [InlineData(WsRole.Server)]
    [InlineData(WsRole.Client)]
    public async Task When_we_close_the_peers_answer_ends_it(WsRole us)
    {
        using var rig = new WsRig(new RecordingHandler(), us);
        rig.Connection.Close(CloseCode.GoingAway, "lunch");
        Assert.Equal("Close 1001 lunch", rig.TakeSent());
        Assert.False(rig.Channel.HasEndedSending);
        rig.ArriveCloseAndEnd(CloseCode.GoingAway);
        Assert.Equal(WsEnding.ClosedByUs, await rig.Run);
        Assert.Equal("", rig.TakeSent());
    }

    [Fact]
    public async Task A_broken_rule_fails_the_connection_with_its_code_and_reason()
    {
        var handler = new RecordingHandler();
        using var rig = new WsRig(handler);
        rig.ArriveText("fine");
        rig.Channel.Arrive(Bytes.Of("83 80 00000000"));
        Assert.Equal("Close 1002 " + WsFaults.ReasonOf(WsFault.UnknownOpcode), rig.TakeSent());
        Assert.True(rig.Channel.HasEndedSending);
        rig.Channel.ArriveEnd();
        Assert.Equal(WsEnding.Refused, await rig.Run);
        Assert.Equal(WsFault.UnknownOpcode, rig.Connection.Fault);
        Assert.Equal(["Text fine", "Closed Refused"], handler.Log);
    }

    [Theory]
    [InlineData("8.1", "81 82 00000000 C0AF", "Close 1007")]
    [InlineData("10.4", "82 FF 0000000000200000 00000000", "Close 1009")]
    [InlineData("5.1", "81 00", "Close 1002")]
    public void The_close_code_fits_the_rule(string rule, string hex, string close)
    {
        using var rig = new WsRig(new RecordingHandler());
        rig.Channel.Arrive(Bytes.Of(hex));
        Assert.True(rig.TakeSent().StartsWith(close, StringComparison.Ordinal), rule);
    }

    [Fact]
    public async Task A_stream_that_ends_without_a_close_frame_is_told_as_1006()
    {
        var handler = new RecordingHandler();
        using var rig = new WsRig(handler);
        rig.Channel.ArriveEnd();
        Assert.Equal(WsEnding.StreamEnded, await rig.Run);
        Assert.Equal(CloseCode.Abnormal, rig.Connection.CloseCode);
        Assert.Equal(["Closed StreamEnded"], handler.Log);
    }

    [Fact]
    public async Task A_peer_that_never_answers_our_close_is_given_up_after_5_seconds()
    {
        using var rig = new WsRig(new RecordingHandler());
        rig.Connection.Close(CloseCode.Normal);
        rig.Time.Advance(4_900);
        Assert.False(rig.Run.IsCompleted);
        rig.Time.Advance(200);
        Assert.Equal(WsEnding.CloseTimedOut, await rig.Run);
        Assert.True(rig.Channel.IsAborted);
    }

    [Fact]
    public async Task A_silent_peer_is_pinged_after_25_seconds_and_given_up_10_later()
    {
        using var rig = new WsRig(new RecordingHandler());
        rig.Time.Advance(24_900);
        Assert.Equal("", rig.TakeSent());
        rig.Time.Advance(200);
        Assert.Equal("Ping", rig.TakeSent());
        rig.Time.Advance(9_800);
        Assert.False(rig.Run.IsCompleted);
        rig.Time.Advance(300);
        Assert.Equal(WsEnding.KeepAliveTimedOut, await rig.Run);
    }

    [Theory]
    [InlineData(Opcode.Pong)]
    [InlineData(Opcode.Text)]
    public void A_peer_that_sends_anything_lives(Opcode opcode)
    {
        using var rig = new WsRig(new RecordingHandler());
        for (int i = 0; i < 5; i++)
        {
            rig.Time.Advance(25_200);
            Assert.Equal("Ping", rig.TakeSent());
            rig.Time.Advance(5_000);
            rig.Arrive(opcode, []);
        }
        Assert.False(rig.Run.IsCompleted);
    }

    [Fact]
    public void A_busy_peer_is_not_pinged()
    {
        using var rig = new WsRig(new RecordingHandler());
        for (int i = 0; i < 10; i++)
        {
            rig.Time.Advance(20_000);
            rig.ArriveText("hello");
        }
        Assert.Equal("", rig.TakeSent());
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_is_given_up_as_too_slow()
    {
        using var rig = new WsRig(new RecordingHandler());
        rig.Channel.SendsStall = true;
        Assert.True(rig.Connection.TrySendText("never taken"u8));
        rig.Time.Advance(10_200);
        Assert.Equal(WsEnding.TooSlow, await rig.Run);
    }

    // Whoever waited for room tries again when told: told "open" and "there is room", it would try for ever, on the heartbeat's thread.
    [Fact]
    public async Task Who_waits_for_room_finds_the_connection_not_open_when_the_peer_is_given_up()
    {
        using var rig = new WsRig(new RecordingHandler(), sending: new() { MaxBytes = 100 });
        rig.Channel.SendsStall = true;
        Assert.True(rig.Connection.TrySendBinary(new byte[90]));
        bool? wasOpen = null;
        Assert.True(rig.Connection.NotifyWhenRoom(() => wasOpen = rig.Connection.IsOpen));
        rig.Time.Advance(10_200);
        Assert.Equal(WsEnding.TooSlow, await rig.Run);
        Assert.False(wasOpen);
    }

    [Fact]
    public async Task A_peer_without_room_for_a_close_frame_is_given_up_as_too_slow()
    {
        using var rig = new WsRig(new RecordingHandler(), sending: new() { MaxBytes = 100, OwedBytes = 10 });
        rig.Channel.SendsStall = true;
        Assert.True(rig.Connection.TrySendBinary(new byte[105]));
        rig.Connection.Close(CloseCode.TryAgainLater, "too slow");
        Assert.Equal(WsEnding.TooSlow, await rig.Run);
    }

    [Fact]
    public async Task A_connection_that_breaks_says_so()
    {
        using var rig = new WsRig(new RecordingHandler());
        rig.Channel.Break(new IOException("reset"));
        Assert.Equal(WsEnding.Broken, await rig.Run);
    }

    [Fact]
    public async Task Aborting_sends_nothing()
    {
        using var rig = new WsRig(new RecordingHandler());
        rig.Connection.Abort();
        Assert.Equal(WsEnding.Aborted, await rig.Run);
        Assert.Equal("", rig.TakeSent());
        Assert.False(rig.Connection.TrySendText("too late"u8));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handler_that_throws_is_told_to_the_peer_as_1011_without_detail(bool atOnce)
    {
        var gate = new TaskCompletionSource();
        var handler = new RecordingHandler(async (_, _) =>
        {
            if (!atOnce) await gate.Task;
            throw new InvalidOperationException("secret");
        });
        using var rig = new WsRig(handler);
        rig.ArriveText("a");
        gate.SetResult();
        rig.ArriveText("b");
        await rig.Channel.WhenSendingEnded;
        Assert.Equal("Close 1011 internal error", rig.TakeSent());
        rig.Channel.ArriveEnd();
        Assert.Equal(WsEnding.HandlerFailed, await rig.Run);
        Assert.Equal("secret", rig.Connection.HandlerFailure?.Message);
        Assert.Equal(["Text a", "Closed HandlerFailed"], handler.Log);
    }

    [Fact]
    public async Task A_handler_that_throws_synchronously_or_when_opened_fails_the_same_way()
    {
        using var message = new WsRig(new RecordingHandler((_, _) => throw new InvalidOperationException("at once")));
        message.ArriveText("a");
        message.Channel.ArriveEnd();
        Assert.Equal(WsEnding.HandlerFailed, await message.Run);

        using var opened = new WsRig(new RecordingHandler { Opened = _ => throw new InvalidOperationException("opened") });
        opened.Channel.ArriveEnd();
        Assert.Equal(WsEnding.HandlerFailed, await opened.Run);
        Assert.Equal("Close 1011 internal error", opened.TakeSent());
    }

    // What is sent, and when.

    [Fact]
    public void A_ping_is_answered_with_its_payload()
    {
        using var rig = new WsRig(new RecordingHandler());
        rig.Arrive(Opcode.Ping, "are you there"u8.ToArray());
        Assert.Equal("Pong are you there", rig.TakeSent());
    }

    [Fact]
    public void A_ping_between_fragments_is_answered_at_once()
    {
        using var rig = new WsRig(new RecordingHandler());
        rig.Channel.Arrive(Bytes.FrameFor(WsRole.Server, Opcode.Text, "be"u8.ToArray(), isFinal: false));
        rig.Arrive(Opcode.Ping, [0x31]);
        Assert.Equal("Pong 1", rig.TakeSent());
    }

    [Fact]
    public async Task A_flood_of_pings_that_fills_the_queue_holds_the_reading_back_and_loses_no_pong()
    {
        var handler = new RecordingHandler();
        using var rig = new WsRig(handler, sending: new() { MaxBytes = 64, OwedBytes = 64 });
        rig.Channel.SendsStall = true;
        rig.ArriveText("before");
        for (int i = 0; i < 10; i++) rig.Arrive(Opcode.Ping, new byte[40]);
        rig.ArriveText("behind");
        Assert.Equal(["Text before"], handler.Log);
        rig.Channel.SendsStall = false;
        await handler.WhenSecond;
        await rig.Channel.WhenSent(10 * 42);
        Assert.Equal(10, rig.TakeSent().Split(';').Length);
    }

    [Fact]
    public void Answers_to_one_read_leave_in_one_send()
    {
        using var rig = new WsRig(new EchoHandler());
        int before = rig.Channel.SendCalls;
        rig.Channel.Arrive(Bytes.Join(
            Bytes.FrameFor(WsRole.Server, Opcode.Text, "a"u8.ToArray()), Bytes.FrameFor(WsRole.Server, Opcode.Ping, "b"u8.ToArray())));
        Assert.Equal("Text a; Pong b", rig.TakeSent());
        Assert.Equal(before + 1, rig.Channel.SendCalls);
    }

    [Fact]
    public void What_is_sent_on_opening_leaves_first_and_bytes_behind_the_handshake_are_read()
    {
        var handler = new RecordingHandler { Opened = c => c.TrySendText("welcome"u8) };
        using var rig = new WsRig(handler, unread: Bytes.FrameFor(WsRole.Server, Opcode.Text, "early"u8.ToArray()));
        Assert.Equal("Text welcome", rig.TakeSent());
        Assert.Equal(["Text early"], handler.Log);
    }

    [Fact]
    public void After_our_close_frame_nothing_more_is_sent_or_told()
    {
        var handler = new RecordingHandler();
        using var rig = new WsRig(handler);
        rig.Connection.Close(CloseCode.Normal);
        Assert.Equal("Close 1000", rig.TakeSent());
        Assert.False(rig.Connection.TrySendText("late"u8));
        Assert.False(rig.Connection.TryPing("late"u8));
        using var frame = new Held("81 01 41");
        Assert.False(rig.Connection.TrySendFramed(frame.Bytes));
        rig.Connection.Close(CloseCode.GoingAway, "again");
        rig.ArriveText("dropped");
        rig.Arrive(Opcode.Ping, []);
        Assert.Equal("", rig.TakeSent());
        Assert.Empty(handler.Log);
    }

    [Fact]
    public void What_was_queued_before_a_fault_is_sent_before_the_close_frame()
    {
        using var rig = new WsRig(new RecordingHandler());
        rig.Channel.SendsStall = true;
        rig.Connection.TrySendText("one"u8);
        rig.Connection.TrySendText("two"u8);
        rig.Channel.Arrive(Bytes.Of("FF FF FFFFFFFFFFFFFFFF 00000000"));
        rig.Channel.SendsStall = false;
        Assert.StartsWith("Text one; Text two; Close 1002", rig.TakeSent(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rest_of_what_a_peer_sends_is_read_and_dropped_up_to_a_bound()
    {
        using var rig = new WsRig(new RecordingHandler(), options: new() { LingerBytes = 1000 });
        rig.Channel.Arrive(Bytes.Of("83 80 00000000"));
        rig.Channel.Arrive(new byte[900]);
        Assert.False(rig.Run.IsCompleted);
        rig.Channel.Arrive(new byte[100]);
        Assert.Equal(WsEnding.Refused, await rig.Run);
    }

    [Fact]
    public async Task A_peer_that_never_ends_its_stream_after_closing_is_cut_off_after_5_seconds()
    {
        using var rig = new WsRig(new RecordingHandler());
        rig.Arrive(Opcode.Close, [0x03, 0xE8]);
        rig.Time.Advance(5_200);
        Assert.Equal(WsEnding.ClosedByPeer, await rig.Run);
        Assert.True(rig.Channel.IsAborted);
    }

    // Back pressure.

    [Fact]
    public void A_full_queue_refuses_a_message_and_says_when_there_is_room()
    {
        using var rig = new WsRig(new RecordingHandler(), sending: new() { MaxBytes = 2000 });
        rig.Channel.SendsStall = true;
        Assert.True(rig.Connection.TrySendBinary(new byte[1500]));
        Assert.False(rig.Connection.TrySendBinary(new byte[1500]));
        int room = 0;
        Assert.True(rig.Connection.NotifyWhenRoom(() => room++));
        rig.Channel.SendsStall = false;
        Assert.Equal(1, room);
        Assert.True(rig.Connection.TrySendBinary(new byte[1500]));
    }

    [Fact]
    public void While_a_handler_waits_nothing_is_read_but_others_may_send()
    {
        var gate = new TaskCompletionSource();
        var handler = new RecordingHandler((_, _) => new ValueTask(gate.Task));
        using var rig = new WsRig(handler);
        rig.ArriveText("a");
        rig.ArriveText("b");
        Assert.True(rig.Connection.TrySendText("meanwhile"u8));
        Assert.Equal("Text meanwhile", rig.TakeSent());
        Assert.Equal(["Text a"], handler.Log);
        gate.SetResult();
        Assert.Equal(["Text a", "Text b"], handler.Log);
    }

    [Fact]
    public void A_long_handler_is_not_taken_for_a_silent_peer()
    {
        var gate = new TaskCompletionSource();
        using var rig = new WsRig(new RecordingHandler((_, _) => new ValueTask(gate.Task)));
        rig.ArriveText("a");
        rig.Time.Advance(300_000);
        Assert.False(rig.Run.IsCompleted);
        gate.SetResult();
        rig.Time.Advance(9_000);
        Assert.False(rig.Run.IsCompleted);
    }

    [Fact]
    public async Task An_echo_faster_than_its_peer_loses_nothing()
    {
        using var rig = new WsRig(new EchoHandler(), sending: new() { MaxBytes = 500 });
        rig.Channel.SendsStall = true;
        for (int i = 0; i < 40; i++) rig.ArriveText($"message {i:00} and some more");
        rig.Channel.SendsStall = false;
        await rig.Channel.WhenSent(40 * "..message 00 and some more".Length);
        Assert.Equal(string.Join("; ", Enumerable.Range(0, 40).Select(i => $"Text message {i:00} and some more")), rig.TakeSent());
    }

    [Fact]
    public async Task An_echo_larger_than_the_queue_waits_until_the_queue_is_empty()
    {
        using var rig = new WsRig(new EchoHandler(), sending: new() { MaxBytes = 500 });
        rig.Channel.Arrive(Bytes.Join(
            Bytes.FrameFor(WsRole.Server, Opcode.Text, "small"u8.ToArray()),
            Bytes.FrameFor(WsRole.Server, Opcode.Binary, new byte[900]),
            Bytes.FrameFor(WsRole.Server, Opcode.Binary, new byte[300]),
            Bytes.FrameFor(WsRole.Server, Opcode.Binary, new byte[400])));
        await rig.Channel.WhenSent(7 + 904 + 304 + 404);
        Assert.Equal("Text small; Binary 900 bytes; Binary 300 bytes; Binary 400 bytes", rig.TakeSent());
    }

    [Fact]
    public async Task A_handler_that_waits_for_room_goes_on_when_the_connection_breaks()
    {
        bool? sent = null;
        var handler = new RecordingHandler(async (c, m) => sent = await c.SendAsync(m));
        using var rig = new WsRig(handler, sending: new() { MaxBytes = 100 });
        rig.Channel.SendsStall = true;
        rig.Connection.TrySendBinary(new byte[90]);
        rig.ArriveText("twenty bytes or more");
        Assert.Null(sent);
        rig.Connection.Abort();
        Assert.Equal(WsEnding.Aborted, await rig.Run);
        Assert.False(sent);
    }

    // Fan-out and memory.

    [Fact]
    public void A_frame_written_once_is_sent_as_it_is()
    {
        using var rig = new WsRig(new RecordingHandler());
        using var frame = new Held("81 05 48656C6C6F");
        Assert.True(rig.Connection.TryQueueFramed(frame.Bytes));
        Assert.Equal("", rig.TakeSent());
        Assert.True(rig.Connection.TrySendFramed(frame.Bytes));
        Assert.Equal("Text Hello; Text Hello", rig.TakeSent());
    }

    [Fact]
    public void A_client_cannot_send_unmasked_frames()
    {
        using var rig = new WsRig(new RecordingHandler(), WsRole.Client);
        using var frame = new Held("81 01 41");
        Assert.Throws<InvalidOperationException>(() => rig.Connection.TrySendFramed(frame.Bytes));
    }

    [Fact]
    public void A_ping_over_125_bytes_is_the_callers_mistake()
    {
        using var rig = new WsRig(new RecordingHandler());
        Assert.Throws<ArgumentException>(() => rig.Connection.TryPing(new byte[126]));
    }

    [Fact]
    public void An_idle_connection_holds_no_receive_buffer()
    {
        using var rig = new WsRig(new EchoHandler());
        rig.ArriveText("hello");
        Assert.True(rig.Channel.WaitsWithoutBuffer);
        Assert.False(rig.Transport.Inbox.HoldsBlock);
    }

#if DEBUG
    const string? OnlyInRelease = "The async state machines of a debug build are objects of their own.";
#else
    const string? OnlyInRelease = null;
#endif

    [Theory(Skip = OnlyInRelease)]
    [InlineData(20)]
    [InlineData(125)]
    [InlineData(3000)]
    public void A_warm_echo_allocates_nothing(int length)
    {
        using var rig = new WsRig(new EchoHandler());
        rig.Channel.KeepsSent = false;
        byte[] frame = Bytes.FrameFor(WsRole.Server, Opcode.Text, Encoding.ASCII.GetBytes(new string('x', length)));
        for (int i = 0; i < 200; i++) rig.Channel.Arrive(frame);
        long sent = rig.Channel.SentTotal, before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) rig.Channel.Arrive(frame);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1000 * (frame.Length - 4), rig.Channel.SentTotal - sent);
    }

    [Fact]
    public async Task Draining_says_goodbye_with_1001()
    {
        IWsHandler handler = new RecordingHandler();
        using var rig = new WsRig(handler);
        handler.OnDraining(rig.Connection);
        Assert.StartsWith("Close 1001", rig.TakeSent(), StringComparison.Ordinal);
        rig.ArriveCloseAndEnd();
        Assert.Equal(WsEnding.ClosedByUs, await rig.Run);
    }

    sealed class Held(string hex) : IDisposable
    {
        public SharedBytes Bytes { get; } = SharedBytes.Copy(Wire.Bytes.Of(hex));
        public void Dispose() => Bytes.Release();
    }
}
