using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RawRealtime.Cli;
using RawRealtime.Client;
using RawRealtime.Server;
using RawWebSocket;
using Testing;

namespace RawRealtime.Tests.Client;

public sealed class ConnectSessionTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    static RealtimeServer Serve(bool isTestee = true) =>
        RealtimeServer.Start(new() { Address = IPAddress.Loopback, Port = 0, IsTestee = isTestee }, NullLoggerFactory.Instance, TimeProvider.System);

    static ConnectOptions To(RealtimeServer server, string path = "/") => new() { Server = new($"ws{server.BaseAddress[4..]}{path}"), Wait = null };

    static async Task<(int Code, string Output, string Errors)> RunAsync(ConnectOptions options, Stream input, bool isShown = false, Interruption? interruption = null)
    {
        MemoryStream output = new();
        StringWriter errors = new();
        using Interruption none = new();
        ClientConsole console = new(input, output, errors) { IsShown = isShown };
        int code = await ConnectCommand.RunAsync(options, console, interruption ?? none, TimeProvider.System).WaitAsync(Patience);
        return (code, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    // RFC 6455           frames of the server   exit code              what is said
    [Theory]
    [InlineData("8102 6869 8802 03E8", ClientExit.Normal, "")]
    [InlineData("8800", ClientExit.Normal, "")]
    [InlineData("8802 03E9", ClientExit.ClosedOtherwise, "rawrealtime: The server closed the connection. Close code 1001.")]
    [InlineData("8805 03F3 627567", ClientExit.ClosedOtherwise, "rawrealtime: The server closed the connection. Close code 1011: bug.")]
    [InlineData("8805 03F3 1B5B6D", ClientExit.ClosedOtherwise, "rawrealtime: The server closed the connection. Close code 1011: ␛[m.")]
    [InlineData("8102 6869", ClientExit.Lost, "rawrealtime: The server ended the connection without a close frame. Close code 1006.")]
    [InlineData("8182 00000000 6869", ClientExit.Fault, "rawrealtime: The server broke a rule: a server must not mask its frames (RFC 6455 5.1). Close code 1006.")]
    [InlineData("8101 FF", ClientExit.Fault, "rawrealtime: The server broke a rule: the text is not UTF-8 (RFC 6455 8.1). Close code 1006.")]
    public async Task The_exit_code_tells_how_it_ended(string frames, int expected, string said)
    {
        using ScriptedServer server = new(frames);
        (int code, string output, string errors) = await RunAsync(new() { Server = server.Address, Wait = null }, Stream.Null);
        Assert.Equal((expected, said), (code, errors.Trim()));
        Assert.Equal(frames.StartsWith("8102", StringComparison.Ordinal) ? "hi\n" : "", output);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", ClientExit.Refused, "opened no WebSocket: it answered 404. Check the path.")]
    [InlineData("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", ClientExit.Refused, "it answered 401. Send credentials with --header")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n", ClientExit.Refused, "Is it a web server at all?")]
    [InlineData("HTTP/1.1 101 Switching", ClientExit.Unreachable, "the connection ended before the opening was complete.")]
    public async Task An_opening_that_fails_has_its_cause_and_its_cure(string answer, int expected, string said)
    {
        using ScriptedServer server = new("", answer);
        (int code, string output, string errors) = await RunAsync(new() { Server = server.Address }, Stream.Null);
        Assert.Equal((expected, ""), (code, output));
        Assert.Contains(said, errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task What_the_opening_asks_for_reaches_the_server()
    {
        using ScriptedServer server = new("8802 03E8");
        WsClientOptions opening = new() { Subprotocols = ["chat", "other"], Fields = [new("Origin", "https://page.example"), new("X-One", "1")] };
        (int code, string output, _) = await RunAsync(new() { Server = server.Address, Opening = opening, IsJson = true }, Stream.Null);
        Assert.Equal(ClientExit.Normal, code);
        Assert.StartsWith($$"""{"type":"opened","uri":"{{server.Address}}","subprotocol":"chat"}""", output.Replace(",\"extensions\":null", "", StringComparison.Ordinal), StringComparison.Ordinal);
        string request = await server.Served.WaitAsync(Patience);
        foreach (string field in new[] { "GET /chat HTTP/1.1", "Sec-WebSocket-Protocol: chat, other", "Origin: https://page.example", "X-One: 1" })
            Assert.Contains(field + "\r\n", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_inputs_end_the_answers_are_waited_for_and_the_connection_is_closed()
    {
        await using RealtimeServer server = Serve();
        ManualTime time = new();
        Recorded events = new(expected: 3);
        ConnectOptions options = To(server) with { Wait = TimeSpan.FromSeconds(1) };
        using Interruption interruption = new();
        Task<int> run = new ConnectSession(options, new(Text("one\ntwo é\nthree"), areLines: true, 1000), events, time).RunAsync(interruption);
        await events.AllCame.WaitAsync(Patience);
        Assert.False(run.IsCompleted);
        using CancellationTokenSource late = new(Patience);
        while (!run.IsCompleted)
        {
            time.Advance(1000);
            await Task.Yield();
            late.Token.ThrowIfCancellationRequested();
        }
        Assert.Equal(ClientExit.Normal, await run);
        Assert.Equal(["opened", "one", "two é", "three", "closed-by-us"], events.All);
    }

    [Fact]
    public async Task Bytes_go_through_as_they_are()
    {
        byte[] bytes = new byte[3_000_000];
        new Random(6455).NextBytes(bytes);
        await using RealtimeServer server = Serve();
        ManualTime time = new();
        MemoryStream output = new();
        using Interruption interruption = new();
        Task<int> run = ConnectCommand.RunAsync(To(server) with { IsBinary = true, Wait = TimeSpan.FromSeconds(1) }, new(new MemoryStream(bytes), output, TextWriter.Null), interruption, time);
        using CancellationTokenSource late = new(Patience);
        while (!run.IsCompleted)
        {
            if (output.Length == bytes.Length) time.Advance(1000);
            await Task.Yield();
            late.Token.ThrowIfCancellationRequested();
        }
        Assert.Equal(ClientExit.Normal, await run);
        Assert.Equal(bytes, output.ToArray());
    }

    [Fact]
    public async Task A_line_that_is_no_text_ends_it_with_the_lines_number()
    {
        await using RealtimeServer server = Serve();
        (int code, _, string errors) = await RunAsync(To(server), new MemoryStream([.. "fine\n"u8, 0xFF, (byte)'\n']));
        Assert.Equal(ClientExit.ToldWrongly, code);
        Assert.StartsWith("rawrealtime: line 2 of the input is not UTF-8. Send bytes with --binary.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interruption_closes_in_order_and_is_told_by_the_exit_code()
    {
        await using RealtimeServer server = Serve();
        using Interruption interruption = new();
        Recorded events = new(expected: 1);
        Task<int> run = new ConnectSession(To(server), new(Text("one"), areLines: true, 1000), events, TimeProvider.System).RunAsync(interruption);
        await events.AllCame.WaitAsync(Patience);
        interruption.TrySignal(ClientExit.Interrupted);
        Assert.Equal(ClientExit.Interrupted, await run.WaitAsync(Patience));
        Assert.Equal(["opened", "one", "closed-by-us"], events.All);
    }

    [Fact]
    public async Task An_interruption_before_the_opening_is_told_too()
    {
        await using RealtimeServer server = Serve();
        using Interruption interruption = new();
        interruption.TrySignal(ClientExit.Terminated);
        (int code, string output, _) = await RunAsync(To(server) with { IsJson = true }, Stream.Null, interruption: interruption);
        Assert.Equal(ClientExit.Terminated, code);
        Assert.StartsWith("{\"type\":\"failed\",\"ending\":\"interrupted\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_nobody_reads_the_output_any_more_the_connection_is_closed()
    {
        await using RealtimeServer server = Serve();
        using Interruption interruption = new();
        ClientConsole console = new(Text("one\ntwo\n"), new Unread(), TextWriter.Null);
        Assert.Equal(ClientExit.Normal, await ConnectCommand.RunAsync(To(server), console, interruption, TimeProvider.System).WaitAsync(Patience));
    }

    /// <summary>A pipe whose reader has left.</summary>
    sealed class Unread : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromException(new IOException("Broken pipe"));
    }

    /// <summary>Notes what it is told.</summary>
    sealed class Recorded(int expected) : IClientEvents
    {
        readonly TaskCompletionSource came = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int messages;

        public List<string> All { get; } = [];

        public Task AllCame => came.Task;

        public void Opened(WsConnection connection) => All.Add("opened");

        public ValueTask MessageAsync(WsMessage message)
        {
            All.Add(message.AsText());
            if (++messages == expected) came.SetResult();
            return default;
        }

        public void Ended(in ClientEnd end, WsConnection? connection) => All.Add(end.Name);
    }
}
