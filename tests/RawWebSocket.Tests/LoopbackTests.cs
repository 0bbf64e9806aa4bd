using System.Net.WebSockets;
using System.Text;
using RawWebSocket.Wire;

namespace RawWebSocket.Tests;

/// <summary>Our server loop against .NET's own client, over real sockets.</summary>
public sealed class LoopbackTests
{
    static async Task<byte[]> Receive(ClientWebSocket client)
    {
        byte[] block = new byte[16 * 1024];
        using var whole = new MemoryStream();
        while (true)
        {
            WebSocketReceiveResult part = await client.ReceiveAsync(block, CancellationToken.None);
            whole.Write(block, 0, part.Count);
            if (part.EndOfMessage) return whole.ToArray();
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(900_000)]
    public async Task The_runtimes_client_gets_its_messages_back(int length)
    {
        await using var server = new LoopbackServer(() => new EchoHandler());
        using var client = new ClientWebSocket();
        await client.ConnectAsync(server.Uri, CancellationToken.None);
        byte[] message = new byte[length];
        new Random(length).NextBytes(message);
        await client.SendAsync(message.AsMemory(0, length / 2), WebSocketMessageType.Binary, false, CancellationToken.None);
        await client.SendAsync(message.AsMemory(length / 2), WebSocketMessageType.Binary, true, CancellationToken.None);
        Assert.Equal(message, await Receive(client));
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", CancellationToken.None);
        (WsEnding ending, WsConnection connection) = await server.Endings.Reader.ReadAsync();
        Assert.Equal((WsEnding.ClosedByPeer, CloseCode.Normal, "done"), (ending, connection.CloseCode, connection.CloseReason));
    }

    [Fact]
    public async Task The_runtimes_client_agrees_on_a_subprotocol()
    {
        await using var server = new LoopbackServer(() => new EchoHandler(), null, "v1");
        using var client = new ClientWebSocket();
        client.Options.AddSubProtocol("v2");
        client.Options.AddSubProtocol("v1");
        await client.ConnectAsync(server.Uri, CancellationToken.None);
        Assert.Equal("v1", client.SubProtocol);
    }

    [Fact]
    public async Task The_runtimes_client_is_told_why_it_is_failed()
    {
        await using var server = new LoopbackServer(() => new EchoHandler(), new() { Limits = new() { MaxMessageBytes = 100_000 } });
        using var client = new ClientWebSocket();
        await client.ConnectAsync(server.Uri, CancellationToken.None);
        await client.SendAsync(new byte[200_000], WebSocketMessageType.Binary, true, CancellationToken.None);
        WebSocketReceiveResult closed = await client.ReceiveAsync(new byte[1000], CancellationToken.None);
        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.MessageTooBig), (closed.MessageType, closed.CloseStatus));
        Assert.Equal(WsFaults.ReasonOf(WsFault.MessageTooBig), closed.CloseStatusDescription);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        Assert.Equal(WsEnding.Refused, (await server.Endings.Reader.ReadAsync()).Ending);
    }

    [Fact]
    public async Task A_server_that_closes_is_answered_by_the_runtimes_client()
    {
        await using var server = new LoopbackServer(() => new RecordingHandler { Opened = c => c.Close(CloseCode.GoingAway, "bye") });
        using var client = new ClientWebSocket();
        await client.ConnectAsync(server.Uri, CancellationToken.None);
        WebSocketReceiveResult closed = await client.ReceiveAsync(new byte[1000], CancellationToken.None);
        Assert.Equal("bye", closed.CloseStatusDescription);
        await client.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, null, CancellationToken.None);
        Assert.Equal(WsEnding.ClosedByUs, (await server.Endings.Reader.ReadAsync()).Ending);
    }

    [Fact]
    public async Task A_client_that_vanishes_ends_the_connection()
    {
        await using var server = new LoopbackServer(() => new EchoHandler());
        var client = new ClientWebSocket();
        await client.ConnectAsync(server.Uri, CancellationToken.None);
        await client.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, true, CancellationToken.None);
        await Receive(client);
        client.Abort();
        WsEnding ending = (await server.Endings.Reader.ReadAsync()).Ending;
        Assert.True(ending is WsEnding.StreamEnded or WsEnding.Broken, $"{ending}");
    }
}
