using System.Net.WebSockets;
using System.Text;
using RawHttp;
using RawNet;
using Testing;

namespace RawWebSocket.Tests;

public sealed class WsUpgradeTests
{
    const string Opening = "GET /chat HTTP/1.1\r\nHost: a.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";

    static async Task<string> Answer(string request, byte[]? behind = null)
    {
        await using var server = new LoopbackServer(() => new EchoHandler());
        using var heartbeat = new Heartbeat(new ManualTime());
        using var http = new HttpServer(new(), server, heartbeat, new());
        using var channel = new ScriptedChannel();
        channel.Arrive([.. Encoding.Latin1.GetBytes(request), .. behind ?? []]);
        channel.ArriveEnd();
        await http.ServeAsync(channel);
        return Encoding.Latin1.GetString(channel.Sent);
    }

    [Fact]
    public async Task RFC_6455_1_3_the_example_is_answered_with_its_accept_key()
    {
        string answer = await Answer(Opening + "\r\n");
        Assert.StartsWith("HTTP/1.1 101 Switching Protocols\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nUpgrade: websocket\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: Upgrade\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Extensions", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_in_the_same_read_as_the_request_is_answered()
    {
        string answer = await Answer(Opening + "\r\n", Wire.Bytes.Of("81 85 37FA213D 7F9F4D5158"));
        Assert.EndsWith("\r\n\r\n\x81\x05Hello", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4.4", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", "426", "unsupported-websocket-version")]
    [InlineData("4.2.1 item 3", "Upgrade: websocket", "Upgrade: h2c", "426", "upgrade-required")]
    [InlineData("4.2.1 item 5", "dGhlIHNhbXBsZSBub25jZQ==", "short", "400", "bad-websocket-key")]
    [InlineData("10.2", "\r\nUpgrade", "\r\nOrigin: https://evil.example\r\nUpgrade", "403", "origin-refused")]
    public async Task A_refusal_names_its_rule(string rule, string line, string instead, string status, string code)
    {
        string answer = await Answer(Opening.Replace(line, instead, StringComparison.Ordinal) + "\r\n");
        Assert.True(answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal) && answer.Contains(code, StringComparison.Ordinal), $"{rule}: {answer}");
        Assert.Equal(status == "426", answer.Contains("\r\nSec-WebSocket-Version: 13\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_draining_server_says_goodbye_with_1001()
    {
        await using var server = new LoopbackServer(() => new EchoHandler());
        using var client = new ClientWebSocket();
        await client.ConnectAsync(server.Uri, CancellationToken.None);
        Task draining = server.DrainAsync();
        WebSocketReceiveResult closed = await client.ReceiveAsync(new byte[100], CancellationToken.None);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, closed.CloseStatus);
        await client.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, null, CancellationToken.None);
        await draining;
        Assert.Equal(WsEnding.ClosedByUs, (await server.Endings.Reader.ReadAsync()).Ending);
    }
}
