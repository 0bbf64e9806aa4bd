using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class SubscribeSessionTests
{
    static readonly PositionTold Whole = new("e-0", true, null, []);
    static readonly SubscribeOptions Options = new(new(new Uri("http://h"))) { Count = 3 };

    static MessageTold Message(int offset) => new($"e-{offset}", "a", $"e-{offset}", null, $"{offset}", false, "t");

    static TransportEnd End(TransportEndKind kind, int exit = ClientExit.Lost) => new(kind, new(exit, "test", $"{kind}."));

    static async Task<(int Code, string Told)> RunAsync(SubscribeOptions options, params Scripted[] transports)
    {
        Recorded report = new();
        using Interruption none = new();
        int code = await new SubscribeSession(options, transports, report, TimeProvider.System, new Random(1)).RunAsync(none).WaitAsync(ClientRig.Patience);
        return (code, string.Join(", ", report.Told));
    }

    [Fact]
    public async Task It_comes_back_with_its_cursor_and_ends_when_enough_came()
    {
        Scripted ws = new("ws", (Whole, 2, End(TransportEndKind.Broken)), (new("e-2", true, null, []), 5, End(TransportEndKind.Broken)));
        (int code, string told) = await RunAsync(Options, ws);
        Assert.Equal((ClientExit.Normal, "began ws e-0, 1, 2, broke, began ws e-2, 3, ended 0 e-3"), (code, told));
        Assert.Equal([null, "e-2"], ws.Cursors);
    }

    [Theory] // how the first one ends before it began
    [InlineData(nameof(TransportEndKind.NotOpened))]
    [InlineData(nameof(TransportEndKind.Broken))]
    [InlineData(nameof(TransportEndKind.SentAway))]
    public async Task What_is_not_let_through_is_replaced_by_the_next(string kind)
    {
        Scripted sse = new("sse", (Whole, 3, null!));
        (int code, string told) = await RunAsync(Options with { Cursor = "e-0" }, new("ws", (null, 0, End(Enum.Parse<TransportEndKind>(kind)))), sse);
        Assert.Equal((ClientExit.Normal, "ws fell back to sse, began sse e-0, 1, 2, 3, ended 0 e-3"), (code, told));
        Assert.Equal(["e-0"], sse.Cursors);
    }

    [Theory]
    [InlineData(nameof(TransportEndKind.Unreachable), ClientExit.Unreachable)]
    [InlineData(nameof(TransportEndKind.Denied), ClientExit.Refused)]
    public async Task What_is_the_same_for_all_is_told_at_once(string kind, int exit)
    {
        (int code, string told) = await RunAsync(Options, new("ws", (null, 0, End(Enum.Parse<TransportEndKind>(kind), exit))), new("sse"));
        Assert.Equal((exit, $"ended {exit} "), (code, told));
    }

    [Fact]
    public async Task When_none_is_let_through_the_last_ones_reason_counts()
    {
        (int code, string told) = await RunAsync(Options, new("ws", (null, 0, End(TransportEndKind.NotOpened))), new("sse", (null, 0, End(TransportEndKind.NotOpened, ClientExit.Refused))));
        Assert.Equal((ClientExit.Refused, "ws fell back to sse, ended 4 "), (code, told));
    }

    [Fact]
    public async Task One_that_worked_is_tried_again_while_the_reason_may_pass()
    {
        Scripted poll = new("poll",
            (Whole, 1, End(TransportEndKind.SentAway)),
            (null, 0, End(TransportEndKind.Unreachable)),
            (null, 0, End(TransportEndKind.NotOpened) with { IsPassing = true }),
            (null, 0, End(TransportEndKind.NotOpened, ClientExit.Refused)));
        (int code, string told) = await RunAsync(Options, poll);
        Assert.Equal((ClientExit.Refused, "began poll e-0, 1, broke, broke, broke, ended 4 e-1"), (code, told));
        Assert.Equal([null, "e-1", "e-1", "e-1"], poll.Cursors);
    }

    [Fact]
    public async Task An_interruption_tells_the_cursor_to_go_on_with()
    {
        Recorded report = new();
        using Interruption interruption = new();
        report.OnMessage = () => interruption.TrySignal(ClientExit.Interrupted);
        int code = await new SubscribeSession(Options, [new Scripted("ws", (Whole, 1, null!))], report, TimeProvider.System, new Random(1)).RunAsync(interruption).WaitAsync(ClientRig.Patience);
        Assert.Equal((ClientExit.Interrupted, "began ws e-0, 1, ended 130 e-1"), (code, string.Join(", ", report.Told)));
    }

    [Fact]
    public async Task A_reader_that_leaves_ends_it()
    {
        Recorded report = new() { OnMessage = () => throw new IOException() };
        using Interruption none = new();
        Assert.Equal(ClientExit.Normal, await new SubscribeSession(Options, [new Scripted("ws", (Whole, 1, null!))], report, TimeProvider.System, new Random(1)).RunAsync(none).WaitAsync(ClientRig.Patience));
        Assert.Equal("began ws e-0, ended 0 e-0", string.Join(", ", report.Told));
    }

    /// <summary>Tells a position and so many messages, and ends as it was told; without an end it waits.</summary>
    sealed class Scripted(string name, params (PositionTold? Position, int Messages, TransportEnd End)[] turns) : ISubscribeTransport
    {
        readonly Queue<(PositionTold? Position, int Messages, TransportEnd End)> turns = new(turns);
        int offset;

        public List<string?> Cursors { get; } = [];

        public string Name => name;

        public async Task<TransportEnd> ListenAsync(string? cursor, ISubscriptionListener listener, CancellationToken cancellation)
        {
            Cursors.Add(cursor);
            (PositionTold? position, int messages, TransportEnd end) = turns.Dequeue();
            if (position is not null) listener.Began(position);
            for (int i = 0; i < messages; i++)
                if (!await listener.MessageAsync(Message(++offset))) return TransportEnd.Enough;
            if (end is null) await new TaskCompletionSource().Task.WaitAsync(cancellation);
            return end!;
        }
    }

    sealed class Recorded : ISubscribeReport
    {
        public List<string> Told { get; } = [];

        public Action OnMessage { get; set; } = () => { };

        public void Began(string transport, PositionTold position) => Told.Add($"began {transport} {position.From}");

        public ValueTask MessageAsync(MessageTold message)
        {
            OnMessage();
            Told.Add(message.Data);
            return default;
        }

        public void Failed(ErrorTold error) => Told.Add(error.Code);

        public void Broke(in ClientEnd why, TimeSpan wait) => Told.Add("broke");

        public void FellBack(string from, string to, in ClientEnd why) => Told.Add($"{from} fell back to {to}");

        public void Ended(in ClientEnd end, string? cursor) => Told.Add($"ended {end.ExitCode} {cursor}");
    }
}
