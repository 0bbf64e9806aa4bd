using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RawNet.Tests;

public sealed class SocketChannelTests : IAsyncLifetime, IDisposable
{
    readonly byte[] into = new byte[1000];
    SocketChannel channel = null!;
    Socket peer = null!;

    public async Task InitializeAsync()
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(listener.LocalEndPoint!);
        channel = new SocketChannel(await listener.AcceptAsync());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        channel.Dispose();
        peer.Dispose();
    }

    [Fact]
    public void It_tells_who_is_at_the_other_end()
    {
        Assert.Equal(peer.LocalEndPoint, channel.RemoteEndPoint);
        Assert.False(channel.IsSecure);
    }

    [Fact]
    public async Task An_empty_receive_waits_for_bytes_and_takes_none()
    {
        ValueTask<int> waiting = channel.ReceiveAsync(Memory<byte>.Empty);
        Assert.False(waiting.IsCompleted);
        await peer.SendAsync("abc"u8.ToArray().AsMemory());
        Assert.Equal(0, await waiting);
        Assert.Equal(3, await channel.ReceiveAsync(into));
        Assert.Equal("abc", Encoding.ASCII.GetString(into, 0, 3));
    }

    [Fact]
    public async Task A_receive_with_room_takes_what_is_here_at_once_and_else_waits()
    {
        ValueTask<int> waiting = channel.ReceiveAsync(into);
        Assert.False(waiting.IsCompleted);
        await peer.SendAsync("abc"u8.ToArray().AsMemory());
        Assert.Equal(3, await waiting);
        await peer.SendAsync("de"u8.ToArray().AsMemory());
        await channel.ReceiveAsync(Memory<byte>.Empty);
        ValueTask<int> here = channel.ReceiveAsync(into);
        Assert.True(here.IsCompletedSuccessfully);
        Assert.Equal(2, await here);
        Assert.Equal("dec", Encoding.ASCII.GetString(into, 0, 3));
    }

    [Fact]
    public async Task Both_sides_may_end_one_after_the_other()
    {
        peer.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await channel.ReceiveAsync(into));
        Assert.Equal(3, await channel.SendAsync("end"u8.ToArray()));
        await channel.EndSendingAsync();
        Assert.Equal("end", await peer.ReadAllAsync());
    }

    [Fact]
    public async Task A_peer_may_still_send_after_our_end()
    {
        await channel.EndSendingAsync();
        Assert.Equal("", await peer.ReadAllAsync());
        await peer.SendAsync("late"u8.ToArray().AsMemory());
        Assert.Equal(4, await channel.ReceiveAsync(into));
        await Assert.ThrowsAsync<SocketException>(async () => await channel.SendAsync("x"u8.ToArray()));
    }

    [Fact]
    public async Task An_abort_resets_the_peer_and_ends_a_pending_receive()
    {
        Task<int> pending = channel.ReceiveAsync(into).AsTask();
        channel.Abort();
        channel.Abort();
        Exception ended = await Assert.ThrowsAnyAsync<Exception>(() => pending);
        Assert.True(ended is SocketException or ObjectDisposedException, ended.ToString());
        SocketException reset = await Assert.ThrowsAsync<SocketException>(peer.ReadAllAsync);
        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await channel.ReceiveAsync(into));
    }

    [Fact]
    public async Task An_abort_ends_a_send_that_the_peer_does_not_take()
    {
        byte[] much = new byte[1 << 20];
        Task<int> stalled;
        do stalled = channel.SendAsync(much).AsTask();
        while (stalled.IsCompleted && await stalled is > 0);
        channel.Abort();
        Exception ended = await Assert.ThrowsAnyAsync<Exception>(() => stalled);
        Assert.True(ended is SocketException or ObjectDisposedException, ended.ToString());
    }

    [Fact]
    public async Task What_a_full_socket_took_is_told_to_the_byte()
    {
        byte[] much = new byte[700_001];
        long told = 0;
        ValueTask<int> sending = channel.SendAsync(much);
        for (; sending.IsCompleted; sending = channel.SendAsync(much)) told += await sending;
        byte[] read = new byte[65_536];
        long came = 0;
        while (came < told) came += await peer.ReceiveAsync(read.AsMemory());
        told += await sending;
        await channel.EndSendingAsync();
        while (await peer.ReceiveAsync(read.AsMemory()) is > 0 and int count) came += count;
        Assert.Equal(told, came);
    }

    [Fact]
    public async Task A_reset_by_the_peer_is_an_exception()
    {
        peer.LingerState = new LingerOption(true, 0);
        peer.Dispose();
        await Assert.ThrowsAsync<SocketException>(async () => await channel.ReceiveAsync(into));
    }
}
