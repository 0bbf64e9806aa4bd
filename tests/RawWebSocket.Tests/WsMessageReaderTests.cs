using RawWebSocket.Tests.Wire;
using RawWebSocket.Wire;

namespace RawWebSocket.Tests;

public sealed class WsMessageReaderTests
{
    static async Task<string> Next(WsMessageReader reader) => (await reader.ReceiveAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)))?.AsText() ?? "the end";

    [Theory]
    [InlineData(WsRole.Server)]
    [InlineData(WsRole.Client)]
    public async Task Messages_are_read_one_by_one_as_they_are_asked_for(WsRole us)
    {
        var reader = new WsMessageReader();
        using var rig = new WsRig(reader, us);
        Assert.Same(rig.Connection, reader.Connection);
        rig.Channel.Arrive(Bytes.Join(Bytes.FrameFor(us, Opcode.Text, "a"u8.ToArray()), Bytes.FrameFor(us, Opcode.Binary, "b"u8.ToArray())));
        WsMessage? first = await reader.ReceiveAsync(), second = await reader.ReceiveAsync();
        Assert.Equal((true, false), (first?.IsText, second?.IsText));
        Assert.Equal("b", second?.AsText());
    }

    [Fact]
    public async Task Nothing_is_read_ahead_of_who_asks()
    {
        var reader = new WsMessageReader();
        using var rig = new WsRig(reader);
        rig.ArriveText("first");
        rig.Arrive(Opcode.Ping, "behind it"u8.ToArray());
        rig.ArriveText("second");
        Assert.Equal("", rig.TakeSent()); // the ping behind the first message is not even seen
        Assert.Equal("first", await Next(reader));
        Assert.Equal("", rig.TakeSent());
        Assert.Equal("second", await Next(reader));
        Assert.Equal("Pong behind it", rig.TakeSent());
    }

    [Fact]
    public async Task A_message_keeps_its_bytes_until_the_next_is_asked_for()
    {
        var reader = new WsMessageReader();
        using var rig = new WsRig(reader);
        rig.ArriveText("mine");
        WsMessage? message = await reader.ReceiveAsync();
        rig.ArriveText("later");
        rig.Connection.Abort();
        Assert.Equal("mine", message?.AsText());
        Assert.False(rig.Run.IsCompleted); // it ends when the message was let go
        await Assert.ThrowsAsync<WsClosedException>(() => Next(reader));
        Assert.Equal(WsEnding.Aborted, await rig.Run);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_closing_handshake_is_an_end_in_order_whoever_began_it(bool weBegin)
    {
        var reader = new WsMessageReader();
        using var rig = new WsRig(reader);
        rig.ArriveText("last");
        Assert.Equal("last", await Next(reader));
        Task<string> end = Next(reader);
        if (weBegin) rig.Connection.Close(CloseCode.Normal);
        rig.ArriveCloseAndEnd(CloseCode.GoingAway);
        Assert.Equal(("the end", "the end"), (await end, await Next(reader)));
        Assert.Equal((weBegin ? WsEnding.ClosedByUs : WsEnding.ClosedByPeer, CloseCode.GoingAway), (await rig.Run, rig.Connection.CloseCode));
    }

    public static TheoryData<WsEnding> OtherEndings => [.. Enum.GetValues<WsEnding>().Except([WsEnding.None, WsEnding.ClosedByPeer, WsEnding.ClosedByUs, WsEnding.HandlerFailed])];

    [Theory]
    [MemberData(nameof(OtherEndings))]
    public async Task Each_other_end_is_thrown_by_its_name(WsEnding ending)
    {
        var reader = new WsMessageReader();
        using var rig = new WsRig(reader);
        Task<string> waiting = Next(reader);
        switch (ending)
        {
            case WsEnding.Refused: rig.Channel.Arrive(Bytes.Of("83 80 00000000")); rig.Channel.ArriveEnd(); break;
            case WsEnding.StreamEnded: rig.Channel.ArriveEnd(); break;
            case WsEnding.CloseTimedOut: rig.Connection.Close(CloseCode.Normal); rig.Time.Advance(5_200); break;
            case WsEnding.KeepAliveTimedOut: rig.Time.Advance(40_000); break;
            case WsEnding.TooSlow: rig.Channel.SendsStall = true; rig.Connection.TrySendText("x"u8); rig.Time.Advance(10_200); break;
            case WsEnding.Broken: rig.Channel.Break(new IOException("reset")); break;
            case WsEnding.Aborted: rig.Connection.Abort(); break;
        }
        WsClosedException closed = await Assert.ThrowsAsync<WsClosedException>(() => waiting);
        Assert.Equal((ending, ending == WsEnding.Refused ? WsFault.UnknownOpcode : WsFault.None), (closed.Ending, closed.Fault));
        Assert.Equal(ending, await rig.Run);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_leaves_the_connection_as_it_was()
    {
        var reader = new WsMessageReader();
        using var rig = new WsRig(reader);
        using var cancel = new CancellationTokenSource();
        ValueTask<WsMessage?> waiting = reader.ReceiveAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
        rig.ArriveText("after");
        Assert.Equal("after", await Next(reader));
        Assert.True(rig.Connection.IsOpen);
    }

    [Fact]
    public async Task All_messages_are_enumerated_to_the_end()
    {
        var reader = new WsMessageReader();
        using var rig = new WsRig(reader);
        for (int i = 0; i < 100; i++) rig.ArriveText($"{i}");
        rig.ArriveCloseAndEnd();
        List<string> read = [];
        await foreach (WsMessage message in reader.ReadAllAsync()) read.Add(message.AsText());
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), read);
    }

    [Fact]
    public async Task Who_leaves_the_enumeration_lets_go_and_may_go_on_later()
    {
        var reader = new WsMessageReader();
        using var rig = new WsRig(reader);
        rig.ArriveText("one");
        rig.Arrive(Opcode.Ping, []);
        rig.ArriveText("two");
        await foreach (WsMessage message in reader.ReadAllAsync()) break;
        Assert.Equal("Pong", rig.TakeSent());
        Assert.Equal("two", await Next(reader));
    }

    // On a server: it brings its own reader.

    [Fact]
    public async Task A_server_is_given_a_function_and_closes_when_it_returns()
    {
        var reader = new WsMessageReader(async messages =>
        {
            await foreach (WsMessage message in messages.ReadAllAsync())
            {
                await messages.Connection.SendAsync(message);
                if (message.AsText() == "bye") return;
            }
        });
        using var rig = new WsRig(reader);
        rig.ArriveText("hello");
        rig.ArriveText("bye");
        rig.ArriveText("never answered");
        await rig.Channel.WhenSent(7 + 5 + 4);
        Assert.Equal("Text hello; Text bye; Close 1000", rig.TakeSent());
        rig.ArriveCloseAndEnd();
        Assert.Equal(WsEnding.ClosedByUs, await rig.Run);
    }

    [Fact]
    public async Task A_function_that_throws_is_told_to_the_peer_as_1011_without_detail()
    {
        var reader = new WsMessageReader(async messages =>
        {
            await messages.ReceiveAsync();
            throw new InvalidOperationException("secret");
        });
        using var rig = new WsRig(reader);
        rig.ArriveText("hello");
        await rig.Channel.WhenSent(4);
        Assert.Equal("Close 1011 internal error", rig.TakeSent());
        rig.ArriveCloseAndEnd(CloseCode.InternalError);
        Assert.Equal(WsEnding.HandlerFailed, await rig.Run);
        Assert.Equal("secret", rig.Connection.HandlerFailure?.Message);
    }

    [Fact]
    public async Task A_function_that_is_told_of_the_end_did_nothing_wrong()
    {
        var told = new TaskCompletionSource<WsEnding>();
        var reader = new WsMessageReader(async messages =>
        {
            try
            {
                await messages.ReceiveAsync();
            }
            catch (WsClosedException closed)
            {
                told.SetResult(closed.Ending);
                throw;
            }
        });
        using var rig = new WsRig(reader);
        rig.Channel.ArriveEnd();
        Assert.Equal((WsEnding.StreamEnded, WsEnding.StreamEnded), (await rig.Run, await told.Task.WaitAsync(TimeSpan.FromSeconds(20))));
        Assert.Null(rig.Connection.HandlerFailure);
    }

    [Fact]
    public void Before_the_connection_is_open_it_can_not_be_had()
    {
        Assert.Throws<InvalidOperationException>(() => new WsMessageReader().Connection);
        Assert.Throws<ArgumentNullException>(() => new WsMessageReader(null!));
    }
}
