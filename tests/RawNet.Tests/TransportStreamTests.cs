using System.Net.Security;
using System.Net.Sockets;
using Testing;

namespace RawNet.Tests;

public sealed class TransportStreamTests
{
    static CancellationToken Late => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    /// <summary>RFC 8446 §6.1: whoever can cut a connection could otherwise cut a message short unseen.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_end_is_in_order_only_after_close_notify(bool notifies)
    {
        using TlsServer server = new("server.test");
        Task<(SslStream, Socket)> accepting = server.AcceptAsync(Late);
        using ByteChannel channel = await Connector.ConnectAsync(server.EndPoint, "server.test", server.Trusting, Late);
        (SslStream stream, Socket socket) = await accepting;
        await stream.WriteAsync("last words"u8.ToArray(), Late);
        if (notifies) await stream.ShutdownAsync();
        socket.Shutdown(SocketShutdown.Send);

        Assert.Equal(0, await channel.ReceiveAsync(Memory<byte>.Empty).AsTask().WaitAsync(Late));
        byte[] bytes = new byte[100];
        Assert.Equal(10, await channel.ReceiveAsync(bytes).AsTask().WaitAsync(Late));
        Assert.True(channel.EndedInOrder); // nothing has ended yet that we read
        Assert.Equal(0, await channel.ReceiveAsync(bytes).AsTask().WaitAsync(Late));
        Assert.Equal(notifies, channel.EndedInOrder);
        await stream.DisposeAsync();
    }
}
