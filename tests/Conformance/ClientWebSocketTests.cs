using System.Net.Http;
using System.Net.WebSockets;
using System.Text;

namespace Conformance;

/// <summary>.NET's own WebSocket client, which others wrote too.</summary>
public sealed class ClientWebSocketTests : IAsyncLifetime
{
    const int MiB = 1 << 20;

    readonly RunningServer server = RunningServer.Start();
    readonly CancellationToken late = Bounded.Token();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(MiB)]
    public async Task Messages_of_each_length_form_come_back(int length)
    {
        using ClientWebSocket socket = await ConnectAsync("/echo");
        byte[] sent = new byte[length];
        new Random(length).NextBytes(sent);

        await socket.SendAsync(sent, WebSocketMessageType.Binary, true, late);

        (WebSocketMessageType type, byte[] got) = await ReceiveAsync(socket);
        Assert.Equal(WebSocketMessageType.Binary, type);
        Assert.True(sent.AsSpan().SequenceEqual(got));
    }

    [Fact]
    public async Task Fragments_come_back_as_one_message_even_when_cut_within_a_character()
    {
        using ClientWebSocket socket = await ConnectAsync("/echo");
        byte[] text = Encoding.UTF8.GetBytes("grüß dich 👋");

        for (int i = 0; i < text.Length; i++) await socket.SendAsync(text.AsMemory(i, 1), WebSocketMessageType.Text, i == text.Length - 1, late);

        (WebSocketMessageType type, byte[] got) = await ReceiveAsync(socket);
        Assert.Equal((WebSocketMessageType.Text, "grüß dich 👋"), (type, Encoding.UTF8.GetString(got)));
    }

    /// <summary>RFC 7692 §7.1: what .NET's client asks for is met. docs/decisions/0013.</summary>
    [Theory]
    [InlineData(15, 15, "permessage-deflate; server_no_context_takeover; client_no_context_takeover")]
    [InlineData(9, 10, "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=9; client_max_window_bits=10")]
    public async Task An_offer_of_compression_is_agreed_to(int serverBits, int clientBits, string expected)
    {
        WebSocketDeflateOptions offer = new() { ServerMaxWindowBits = serverBits, ClientMaxWindowBits = clientBits };
        using ClientWebSocket socket = await ConnectAsync("/echo", options => (options.DangerousDeflateOptions, options.CollectHttpResponseDetails) = (offer, true));
        Assert.Equal(expected, Assert.Single(socket.HttpResponseHeaders!["Sec-WebSocket-Extensions"]));

        foreach (string sent in (string[])[new('a', 100_000), string.Concat(Enumerable.Range(0, 5_000)), "short"])
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(sent), WebSocketMessageType.Text, true, late);
            Assert.Equal(sent, Encoding.UTF8.GetString((await ReceiveAsync(socket)).Data));
        }
    }

    [Theory]
    [InlineData(1000, "bye")]
    [InlineData(1001, "")]
    [InlineData(3000, "registered")]
    [InlineData(4999, "ours")]
    public async Task A_close_of_the_client_is_answered_with_its_code(int code, string reason)
    {
        using ClientWebSocket socket = await ConnectAsync("/echo");

        await socket.CloseAsync((WebSocketCloseStatus)code, reason, late);

        Assert.Equal(((WebSocketCloseStatus)code, WebSocketState.Closed), (socket.CloseStatus!.Value, socket.State));
    }

    [Fact]
    public async Task A_client_that_half_closed_still_gets_its_answer()
    {
        using ClientWebSocket socket = await ConnectAsync("/echo");
        await socket.SendAsync("last words"u8.ToArray(), WebSocketMessageType.Text, true, late);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, late);

        Assert.Equal("last words"u8.ToArray(), (await ReceiveAsync(socket)).Data);
        Assert.Equal(WebSocketMessageType.Close, (await ReceiveAsync(socket)).Type);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task The_server_closes_with_1001_and_a_reason_when_the_channel_is_deleted()
    {
        using ClientWebSocket socket = await ConnectAsync("/ws?channel=gone");
        using HttpResponseMessage deleted = await server.Client.DeleteAsync(new Uri($"{server.Http}/channels/gone"));

        Assert.Equal(WebSocketMessageType.Close, (await ReceiveAsync(socket)).Type);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);
        Assert.NotEqual("", socket.CloseStatusDescription);
        await socket.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, null, late);
        Assert.Equal(WebSocketState.Closed, socket.State);
    }

    [Fact]
    public async Task A_message_over_the_limit_closes_with_1009()
    {
        using ClientWebSocket socket = await ConnectAsync("/echo");
        await socket.SendAsync(new byte[MiB + 1], WebSocketMessageType.Binary, true, late);

        Assert.Equal(WebSocketMessageType.Close, (await ReceiveAsync(socket)).Type);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, socket.CloseStatus);
    }

    [Fact]
    public async Task The_first_of_our_subprotocols_is_chosen_and_others_are_not()
    {
        using ClientWebSocket ours = await ConnectAsync("/ws", options =>
        {
            options.AddSubProtocol("somebody.elses");
            options.AddSubProtocol("rawrealtime.v1");
        });
        Assert.Equal("rawrealtime.v1", ours.SubProtocol);

        using ClientWebSocket others = await ConnectAsync("/ws", options => options.AddSubProtocol("somebody.elses"));
        Assert.Null(others.SubProtocol);
    }

    [Fact]
    public async Task A_plain_subscriber_is_told_its_position_in_the_answer()
    {
        string id = await server.PublishAsync("kept");
        using ClientWebSocket socket = await ConnectAsync("/ws", options => options.CollectHttpResponseDetails = true);

        Assert.Contains($"\"from\":\"{id}\"", socket.HttpResponseHeaders!["RawRealtime-Position"].Single(), StringComparison.Ordinal);
        await server.PublishAsync("new");
        Assert.Equal("new"u8.ToArray(), (await ReceiveAsync(socket)).Data);
    }

    [Fact]
    public async Task Over_TLS_all_is_the_same()
    {
        using PemFiles pem = new();
        await using RunningServer secure = RunningServer.Start(new() { Tls = new() { Pem = [new(pem.Certificate, pem.Key)] } });
        using ClientWebSocket socket = new();
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == pem.Thumbprint;
        await socket.ConnectAsync(new Uri($"{secure.Ws}/echo"), late);
        byte[] sent = new byte[200_000];

        await socket.SendAsync(sent, WebSocketMessageType.Binary, true, late);

        Assert.Equal(sent, (await ReceiveAsync(socket)).Data);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, late);
    }

    async Task<ClientWebSocket> ConnectAsync(string path, Action<ClientWebSocketOptions>? with = null)
    {
        ClientWebSocket socket = new();
        socket.Options.Proxy = null;
        with?.Invoke(socket.Options);
        await socket.ConnectAsync(new Uri(server.Ws + path), late);
        return socket;
    }

    async Task<(WebSocketMessageType Type, byte[] Data)> ReceiveAsync(ClientWebSocket socket)
    {
        using MemoryStream message = new();
        byte[] block = new byte[16_384];
        while (true)
        {
            WebSocketReceiveResult part = await socket.ReceiveAsync(block, late);
            message.Write(block, 0, part.Count);
            if (part.EndOfMessage) return (part.MessageType, message.ToArray());
        }
    }
}
