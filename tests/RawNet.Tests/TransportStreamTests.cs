using System.Net.Security;
using System.Net.Sockets;
using Testing;

namespace RawNet.Tests;

public sealed class TransportStreamTests
{
    static CancellationToken Late => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_there_is_read_at_once_but_in_the_pool_while_handshaking(bool isHandshaking)
    {
        using Socket listening = new(SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        listening.Listen();
        using Socket client = new(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listening.LocalEndPoint!, Late);
        using TransportStream transport = new(await listening.AcceptAsync(Late)) { IsHandshaking = isHandshaking };
        await client.SendAsync("a"u8.ToArray(), Late);
        Assert.Equal(0, await transport.ReadAsync(Memory<byte>.Empty, Late)); // it is there now

        TaskCompletionSource<bool> inPool = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread own = new(() => _ = ReadAsync(transport, inPool));
        own.Start();
        Assert.Equal(isHandshaking, await inPool.Task.WaitAsync(Late));
    }

    static async Task ReadAsync(TransportStream transport, TaskCompletionSource<bool> inPool)
    {
        Assert.Equal(1, await transport.ReadAsync(new byte[1], Late).ConfigureAwait(false));
        inPool.SetResult(Thread.CurrentThread.IsThreadPoolThread);
    }

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
