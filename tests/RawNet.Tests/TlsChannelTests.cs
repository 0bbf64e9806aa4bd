using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Testing;

namespace RawNet.Tests;

public sealed class TlsChannelTests
{
    static readonly ServerCertificate Certificate = Certificates.Of("localhost");

    static async Task<TlsChannel> ConnectAsync(LoopbackServer server) => await TlsChannel.ConnectAsync(
        await server.DialAsync(),
        new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, shown, _, _) => Certificate.Leaf.Equals(shown) },
        new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);

    static LoopbackServer Serve(Func<ByteChannel, Task> serve, ListenerOptions? options = null, TimeProvider? time = null) =>
        new(serve, (options ?? new ListenerOptions()) with { Tls = new([Certificate]) }, time);

    static async Task<string> ReadAllAsync(ByteChannel channel)
    {
        StringBuilder text = new();
        byte[] bytes = new byte[1000];
        while (await channel.ReceiveAsync(bytes).AsTask().WaitAsync(TimeSpan.FromSeconds(20)) is > 0 and int count)
            text.Append(Encoding.ASCII.GetString(bytes, 0, count));
        return text.ToString();
    }

    [Fact]
    public async Task Bytes_travel_both_ways_and_each_side_ends_in_order()
    {
        await using LoopbackServer server = Serve(async channel =>
        {
            using (channel)
            {
                Assert.True(channel.IsSecure);
                Assert.NotNull(channel.RemoteEndPoint);
                string asked = await ReadAllAsync(channel);
                await channel.SendAsync(Encoding.ASCII.GetBytes("you said " + asked));
                await channel.EndSendingAsync();
            }
        });
        using TlsChannel client = await ConnectAsync(server);
        Assert.Equal(5, await client.SendAsync("hello"u8.ToArray()));
        await client.EndSendingAsync(); // half close: the answer still comes
        Assert.Equal("you said hello", await ReadAllAsync(client));
        await server.UntilOpenAsync(0);
    }

    [Fact]
    public async Task An_empty_receive_waits_for_bytes_and_takes_none()
    {
        TaskCompletionSource<string> got = new();
        await using LoopbackServer server = Serve(async channel =>
        {
            using (channel)
            {
                Assert.Equal(0, await channel.ReceiveAsync(Memory<byte>.Empty));
                byte[] bytes = new byte[10];
                got.SetResult(Encoding.ASCII.GetString(bytes, 0, await channel.ReceiveAsync(bytes)));
            }
        });
        using TlsChannel client = await ConnectAsync(server);
        await client.SendAsync("abc"u8.ToArray());
        Assert.Equal("abc", await got.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_large_queue_arrives_whole()
    {
        using Heartbeat heartbeat = new(TimeProvider.System);
        await using LoopbackServer server = Serve(async channel =>
        {
            using Connection connection = new(channel, heartbeat, 1024, SendQueueOptions.Default);
            for (int i = 0; i < 20; i++) Assert.True(connection.Outbox.TryWrite(Encoding.ASCII.GetBytes(new string((char)('a' + i), 20_000))));
            Assert.True(await connection.EndSendingAsync());
            Assert.Equal(0, await connection.ReceiveAsync());
        });
        using TlsChannel client = await ConnectAsync(server);
        string all = await ReadAllAsync(client);
        Assert.Equal(string.Concat(Enumerable.Range(0, 20).Select(i => new string((char)('a' + i), 20_000))), all);
    }

    /// <summary>A publisher that is a moment too late must not write after close_notify, which the stream answers with an exception of its own.</summary>
    [Fact]
    public async Task A_write_after_our_end_is_refused_and_the_connection_still_ends_in_order()
    {
        using Heartbeat heartbeat = new(TimeProvider.System);
        TaskCompletionSource<(bool Late, bool Ended)> after = new();
        await using LoopbackServer server = Serve(async channel =>
        {
            using Connection connection = new(channel, heartbeat, 1024, SendQueueOptions.Default);
            connection.Outbox.TryWrite("last"u8);
            await connection.EndSendingAsync();
            bool late = connection.Outbox.TryWrite("late"u8);
            connection.Outbox.Flush();
            await connection.ReceiveAsync();
            after.SetResult((late, connection.Outbox.HasEnded));
        });
        using TlsChannel client = await ConnectAsync(server);
        Assert.Equal("last", await ReadAllAsync(client));
        await client.EndSendingAsync();
        Assert.Equal((false, false), await after.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task An_abort_from_another_thread_ends_a_pending_receive_on_both_sides()
    {
        TaskCompletionSource<ByteChannel> served = new();
        TaskCompletionSource<Exception> ended = new();
        await using LoopbackServer server = Serve(async channel =>
        {
            using (channel)
            {
                ValueTask<int> pending = channel.ReceiveAsync(new byte[10]);
                served.SetResult(channel);
                ended.SetResult(await Assert.ThrowsAnyAsync<Exception>(async () => await pending));
            }
        });
        using TlsChannel client = await ConnectAsync(server);
        (await served.Task.WaitAsync(TimeSpan.FromSeconds(20))).Abort();
        Exception failure = await ended.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(failure is IOException or ObjectDisposedException or SocketException, failure.ToString());
        await Assert.ThrowsAnyAsync<IOException>(() => ReadAllAsync(client));
        await server.UntilOpenAsync(0);
    }

    [Fact]
    public async Task Garbage_on_a_tls_port_costs_its_own_connection_only()
    {
        int served = 0;
        await using LoopbackServer server = Serve(channel =>
        {
            Interlocked.Increment(ref served);
            channel.Dispose();
            return Task.CompletedTask;
        });
        using (Socket plain = await server.DialAsync())
        {
            await plain.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray().AsMemory());
            Assert.NotEmpty(await server.Events.HandshakeFailed);
        }
        await server.UntilOpenAsync(0);
        Assert.Equal(0, served);
        using TlsChannel client = await ConnectAsync(server);
        await server.UntilOpenAsync(0);
        Assert.Equal(1, served);
    }

    [Fact]
    public async Task A_peer_that_leaves_before_the_handshake_frees_its_place()
    {
        await using LoopbackServer server = Serve(_ => Task.CompletedTask);
        (await server.DialAsync()).Dispose();
        Assert.NotEmpty(await server.Events.HandshakeFailed);
        await server.UntilOpenAsync(0);
    }

    [Fact]
    public async Task A_silent_peer_is_closed_when_the_handshake_takes_too_long()
    {
        ManualTime time = new();
        await using LoopbackServer server = Serve(_ => Task.CompletedTask, new ListenerOptions { HandshakeMilliseconds = 5000 }, time);
        using Socket silent = await server.DialAsync();
        await server.UntilOpenAsync(1);
        Task<string> failed = server.Events.HandshakeFailed;
        while (time.Timers == 0) await Task.Yield();
        time.Advance(4999);
        Assert.False(failed.IsCompleted);
        time.Advance(1);
        Assert.NotEmpty(await failed);
        Assert.Equal("", await silent.ReadAllAsync());
        await server.UntilOpenAsync(0);
    }
}
