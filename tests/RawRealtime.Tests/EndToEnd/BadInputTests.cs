using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RawRealtime.Tests.EndToEnd;

/// <summary>Bad input over real sockets: each gets its one clear answer, and a neighbour notices nothing.</summary>
public sealed class BadInputTests
{
    const string Host = "Host: localhost\r\n";

    const string Opening = "GET /echo HTTP/1.1\r\n" + Host + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    public static TheoryData<string, string, string> BadRequests => new()
    {
        // RFC 9112 and the contract, what is sent, how the answer begins and what its code is
        { "9112 3 no request line", "\u0016\u0003\u0001\u0002\u0000\u0001", "400 bad-method" },
        { "9112 3 too few words", "GET /\r\n" + Host + "\r\n", "400 bad-request-line" },
        { "9112 2.3 version", "GET / HTTP/2.0\r\n" + Host + "\r\n", "505 unsupported-version" },
        { "9112 3.2 no host", "GET / HTTP/1.1\r\n\r\n", "400 host-missing" },
        { "9112 5.1 space before colon", "GET / HTTP/1.1\r\n" + Host + "X : 1\r\n\r\n", "400 " },
        { "9112 2.2 bare LF", "GET / HTTP/1.1\n" + Host + "\r\n", "400 " },
        { "9112 6.3 two lengths", "POST /publish HTTP/1.1\r\n" + Host + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "400 two-body-lengths" },
        { "9110 15.5.15 target", "GET /" + new string('a', 9000) + " HTTP/1.1\r\n" + Host + "\r\n", "414 target-too-long" },
        { "6585 5 fields", "GET / HTTP/1.1\r\n" + Host + "X: " + new string('a', 40_000) + "\r\n\r\n", "431 fields-too-large" },
        { "9110 15.5.14 content", "POST /publish HTTP/1.1\r\n" + Host + "Content-Length: 1048577\r\n\r\n", "413 body-too-large" },
        { "9110 15.5.6 method", "DELETE /poll HTTP/1.1\r\n" + Host + "\r\n", "405 method-not-allowed" },
        { "9110 15.5.5 path", "GET /nowhere HTTP/1.1\r\n" + Host + "\r\n", "404 not-found" },
        { "contract channel", "GET /poll?channel=a%20b HTTP/1.1\r\n" + Host + "\r\n", "400 bad-channel" },
        { "contract no channel", "GET /channels/nobody HTTP/1.1\r\n" + Host + "\r\n", "404 no-such-channel" },
        { "contract host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", "421 unknown-host" },
        { "6455 4.4 version", Opening.Replace("13\r\n", "8\r\n", StringComparison.Ordinal), "426 unsupported-websocket-version" },
    };

    [Theory, MemberData(nameof(BadRequests))]
    public async Task A_bad_request_is_answered_with_its_status_and_code(string rule, string request, string expected)
    {
        Assert.NotEmpty(rule);
        await using LiveServer server = new();
        (string status, string code) = (expected.Split(' ')[0], expected.Split(' ')[1]);

        string answer = await ExchangeAsync(server, Encoding.Latin1.GetBytes(request), until: "}");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        Assert.Contains("Content-Type: application/problem+json\r\n", answer);
        Assert.Contains($"\"code\":\"{code}", answer);
        Assert.Empty(server.Warnings);
    }

    public static TheoryData<string, string, int> BadFrames => new()
    {
        // RFC 6455          frame (hex)           close code
        { "5.1 no mask",     "8101 41",            1002 },
        { "5.2 RSV1",        "C181 00000000 41",   1002 },
        { "5.2 opcode 3",    "8381 00000000 41",   1002 },
        { "5.4 nothing to go on", "8081 00000000 41", 1002 },
        { "5.5 fragmented ping", "0981 00000000 41", 1002 },
        { "8.1 not UTF-8",   "8181 00000000 FF",   1007 },
        { "7.4 close code",  "8882 00000000 03ED", 1002 },
        { "10.4 1 GiB claimed", "82FF 0000000040000000 00000000", 1009 },
    };

    [Theory, MemberData(nameof(BadFrames))]
    public async Task A_bad_frame_fails_its_connection_with_its_close_code(string rule, string frame, int closeCode)
    {
        Assert.NotEmpty(rule);
        await using LiveServer server = new();

        byte[] answer = await ExchangeAsync(server, [.. Encoding.ASCII.GetBytes(Opening), .. Convert.FromHexString(frame.Replace(" ", "", StringComparison.Ordinal))]);

        int end = answer.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        Assert.Equal(0x88, answer[end]);
        Assert.Equal(closeCode, (answer[end + 2] << 8) | answer[end + 3]);
        Assert.Empty(server.Warnings);
    }

    [Fact]
    public async Task A_neighbour_of_bad_input_gets_every_message_in_order()
    {
        const int Messages = 300;
        await using LiveServer server = new();
        TaskCompletionSource open = new();
        List<string> seen = [];
        Task neighbour = Subscriber.ByEventsAsync(server, "calm", null, open.SetResult, message =>
        {
            seen.Add(message.Data);
            return seen.Count < Messages;
        });
        await open.Task;

        Task bad = Task.WhenAll(BadRequests.Select(row => ExchangeAsync(server, Encoding.Latin1.GetBytes((string)row[1]), until: "}")));
        for (int i = 0; i < Messages; i++) await server.PublishAsync("calm", $"{i}");
        await Task.WhenAll(bad, neighbour).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(Enumerable.Range(0, Messages).Select(i => $"{i}"), seen);
        Assert.Empty(server.Warnings);
    }

    [Fact]
    public async Task Peers_that_leave_at_every_stage_cost_nothing()
    {
        await using LiveServer server = new();
        byte[][] stages = [[], "GET"u8.ToArray(), Encoding.ASCII.GetBytes("POST /publish HTTP/1.1\r\n" + Host + "Content-Length: 10\r\n\r\nhalf"),
            Encoding.ASCII.GetBytes("GET /events HTTP/1.1\r\n" + Host + "\r\n"), Encoding.ASCII.GetBytes("GET /poll HTTP/1.1\r\n" + Host + "\r\n"), Encoding.ASCII.GetBytes(Opening), [.. Encoding.ASCII.GetBytes(Opening), 0x81]];
        foreach (byte[] stage in stages)
        {
            using Socket socket = await ConnectAsync(server);
            await socket.SendAsync(stage.AsMemory());
            socket.LingerState = new LingerOption(true, 0); // leaves with a reset
        }

        await server.UntilOnlyOwnConnectionsAsync();
        Assert.Empty(server.Warnings);
    }

    static async Task<string> ExchangeAsync(LiveServer server, byte[] request, string until) =>
        Encoding.UTF8.GetString(await ExchangeAsync(server, request, Encoding.UTF8.GetBytes(until)));

    // Sends, and reads until the text that ends the answer, or the end.
    static async Task<byte[]> ExchangeAsync(LiveServer server, byte[] request, byte[]? until = null)
    {
        using Socket socket = await ConnectAsync(server);
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
        Task sending = socket.SendAsync(request.AsMemory(), late.Token).AsTask();
        List<byte> answer = [];
        byte[] block = new byte[4096];
        while (await socket.ReceiveAsync(block.AsMemory(), late.Token) is int received and > 0)
        {
            answer.AddRange(block.AsSpan(0, received));
            if (until is not null && answer.Count >= until.Length && answer[^until.Length..].SequenceEqual(until)) break;
        }
        await sending;
        return [.. answer];
    }

    static async Task<Socket> ConnectAsync(LiveServer server)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.SocketAddress.Port));
        return socket;
    }
}
