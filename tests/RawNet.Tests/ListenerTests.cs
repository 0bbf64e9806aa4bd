using System.Net;
using System.Net.Sockets;
using System.Text;
using RawNet.Wire;

namespace RawNet.Tests;

public sealed class ListenerTests
{
    static async Task EchoAsync(ByteChannel channel)
    {
        using (channel)
        {
            byte[] bytes = new byte[1024];
            try
            {
                while (await channel.ReceiveAsync(bytes) is > 0 and int count) await channel.SendAsync(bytes.AsMemory(0, count));
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException or IOException)
            {
                // A test's client left abruptly.
            }
        }
    }

    [Fact]
    public async Task It_serves_many_at_once_and_counts_them()
    {
        await using LoopbackServer server = new(EchoAsync);
        Socket[] clients = new Socket[50];
        for (int i = 0; i < clients.Length; i++) clients[i] = await server.DialAsync();
        for (int i = 0; i < clients.Length; i++)
            Assert.Equal($"hello {i}", await clients[i].AskAsync($"hello {i}"));
        Assert.Equal(50, server.Listener.OpenConnections);
        foreach (Socket client in clients) client.Dispose();
        await server.UntilOpenAsync(0);
        Assert.Equal(0, server.Listener.RefusedConnections);
    }

    [Fact]
    public async Task Over_the_cap_a_connection_is_closed_at_once_and_counted_and_the_place_of_one_who_left_is_free()
    {
        await using LoopbackServer server = new(EchoAsync, new ListenerOptions { MaxConnections = 2 });
        using Socket first = await server.DialAsync();
        using Socket second = await server.DialAsync();
        Assert.Equal("a", await first.AskAsync("a"));
        Assert.Equal("b", await second.AskAsync("b"));

        using (Socket over = await server.DialAsync()) Assert.Equal("", await over.ReadAllAsync());
        using (Socket over = await server.DialAsync()) Assert.Equal("", await over.ReadAllAsync());
        Assert.Equal(2, server.Listener.RefusedConnections);
        Assert.Equal([1, 2], server.Events.Refused);
        Assert.Equal("a", await first.AskAsync("a"));

        second.Dispose();
        await server.UntilOpenAsync(1);
        using Socket third = await server.DialAsync();
        Assert.Equal("c", await third.AskAsync("c"));
        Assert.Equal(2, server.Listener.OpenConnections);
    }

    [Fact]
    public async Task A_flood_over_the_cap_harms_nobody_inside()
    {
        await using LoopbackServer server = new(EchoAsync, new ListenerOptions { MaxConnections = 5 });
        Socket[] inside = new Socket[5];
        for (int i = 0; i < inside.Length; i++) inside[i] = await server.DialAsync();
        foreach (Socket one in inside) Assert.Equal("in", await one.AskAsync("in"));
        for (int i = 0; i < 500; i++)
        {
            using Socket over = await server.DialAsync();
            Assert.Equal("", await over.ReadAllAsync());
        }
        foreach (Socket one in inside) Assert.Equal("in", await one.AskAsync("in"));
        Assert.Equal(500, server.Listener.RefusedConnections);
        foreach (Socket one in inside) one.Dispose();
    }

    /// <summary>A connection that always has something to do must not keep the accepting thread.</summary>
    [Fact]
    public async Task A_busy_connection_does_not_keep_others_from_being_accepted()
    {
        using ManualResetEventSlim release = new();
        using SemaphoreSlim entered = new(0);
        await using LoopbackServer server = new(channel =>
        {
            entered.Release();
            release.Wait();
            channel.Dispose();
            return Task.CompletedTask;
        });
        using Socket first = await server.DialAsync();
        Assert.True(await entered.WaitAsync(TimeSpan.FromSeconds(20)));
        using Socket second = await server.DialAsync();
        bool accepted = await entered.WaitAsync(TimeSpan.FromSeconds(20));
        release.Set();
        Assert.True(accepted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_has_nothing_of_the_ambient_state_of_who_listens(bool onAcceptingThread)
    {
        AsyncLocal<string?> ambient = new() { Value = "of who listens" };
        TaskCompletionSource<string?> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LoopbackServer server = new(
            channel =>
            {
                seen.SetResult(ambient.Value);
                channel.Dispose();
                return Task.CompletedTask;
            },
            new() { ServesOnAcceptingThread = onAcceptingThread });
        using Socket client = await server.DialAsync();
        Assert.Null(await seen.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Closed_it_accepts_no_more_and_open_connections_go_on()
    {
        await using LoopbackServer server = new(EchoAsync);
        using Socket open = await server.DialAsync();
        Assert.Equal("a", await open.AskAsync("a"));
        server.Listener.Close();
        await server.Accepting.WaitAsync(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAnyAsync<SocketException>(server.DialAsync);
        Assert.Equal("b", await open.AskAsync("b"));
        server.Listener.Close();
        server.Listener.Dispose();
    }

    [Fact]
    public void An_address_in_use_is_told_to_the_caller()
    {
        using Listener first = new(new IPEndPoint(IPAddress.Loopback, 0), new ListenerOptions(), new DoorEvents(), TimeProvider.System);
        ListenException taken = Assert.Throws<ListenException>(() =>
            new Listener(first.LocalEndPoint, new ListenerOptions(), new DoorEvents(), TimeProvider.System));
        Assert.Equal(SocketError.AddressAlreadyInUse, taken.SocketErrorCode);
    }

    [Fact]
    public async Task The_port_can_be_taken_over_at_once_after_connections_were_served()
    {
        EndPoint address;
        await using (LoopbackServer server = new(EchoAsync))
        {
            address = server.Listener.LocalEndPoint;
            using Socket client = await server.DialAsync();
            Assert.Equal("a", await client.AskAsync("a"));
        }
        using Listener again = new(address, new ListenerOptions(), new DoorEvents(), TimeProvider.System);
        Assert.Equal(address, again.LocalEndPoint);
    }

    [Fact]
    public async Task Nothing_ambient_flows_from_the_accept_loop_into_a_connection()
    {
        AsyncLocal<string> ambient = new() { Value = "the loop's" };
        TaskCompletionSource<string?> seen = new();
        await using LoopbackServer server = new(channel =>
        {
            channel.Dispose();
            seen.TrySetResult(ambient.Value);
            return Task.CompletedTask;
        });
        using Socket client = await server.DialAsync();
        Assert.Null(await seen.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task At_several_addresses_it_has_one_cap_and_one_end()
    {
        DoorEvents events = new();
        using Listener listener = new([new IPEndPoint(IPAddress.Loopback, 0), new IPEndPoint(IPAddress.Loopback, 0)], new() { MaxConnections = 2 }, events, TimeProvider.System);
        Task accepting = listener.AcceptAsync(static channel => _ = EchoAsync(channel));
        Assert.Equal(2, listener.LocalEndPoints.Distinct().Count());
        Assert.Equal(listener.LocalEndPoints[0], listener.LocalEndPoint);
        using Socket first = await DialAsync(listener.LocalEndPoints[0]), second = await DialAsync(listener.LocalEndPoints[1]);
        Assert.Equal("a", await first.AskAsync("a"));
        Assert.Equal("b", await second.AskAsync("b"));
        foreach (EndPoint address in listener.LocalEndPoints)
            using (Socket over = await DialAsync(address)) Assert.Equal("", await over.ReadAllAsync());
        Assert.Equal(2, listener.RefusedConnections);
        listener.Close();
        await accepting.WaitAsync(TimeSpan.FromSeconds(20));
        foreach (EndPoint address in listener.LocalEndPoints) await Assert.ThrowsAnyAsync<SocketException>(() => DialAsync(address));
    }

    [Fact]
    public void When_one_of_several_addresses_fails_it_listens_at_none()
    {
        using Listener first = new(new IPEndPoint(IPAddress.Loopback, 0), new ListenerOptions(), new DoorEvents(), TimeProvider.System);
        IPEndPoint free;
        using (Listener picked = new(new IPEndPoint(IPAddress.Loopback, 0), new ListenerOptions(), new DoorEvents(), TimeProvider.System)) free = (IPEndPoint)picked.LocalEndPoint;
        ListenException taken = Assert.Throws<ListenException>(() => new Listener([free, first.LocalEndPoint], new(), new DoorEvents(), TimeProvider.System));
        Assert.Equal(first.LocalEndPoint, taken.Address);
        using Listener again = new(free, new(), new DoorEvents(), TimeProvider.System);
    }

    [Fact]
    public void All_addresses_of_IPv6_and_of_IPv4_may_be_told_one_by_one()
    {
        if (!Socket.OSSupportsIPv6) return;
        int port;
        using (Listener picked = new(new IPEndPoint(IPAddress.Any, 0), new(), new DoorEvents(), TimeProvider.System)) port = ((IPEndPoint)picked.LocalEndPoint).Port;
        using Listener both = new([new IPEndPoint(IPAddress.IPv6Any, port), new IPEndPoint(IPAddress.Any, port)], new(), new DoorEvents(), TimeProvider.System);
        Assert.Equal(2, both.LocalEndPoints.Count);
    }

    static async Task<Socket> DialAsync(EndPoint address)
    {
        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    [Fact]
    public async Task It_listens_on_unix_sockets_too()
    {
        if (OperatingSystem.IsWindows()) return;
        string path = Path.Combine(Directory.CreateTempSubdirectory("rawnet").FullName, "s");
        await using LoopbackServer server = new(EchoAsync, address: new UnixDomainSocketEndPoint(path));
        using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(server.Listener.LocalEndPoint);
        Assert.Equal("hi", await client.AskAsync("hi"));
    }
}

/// <summary>What a test's listener told at the door.</summary>
sealed class DoorEvents : IListenerEvents
{
    readonly TaskCompletionSource<string> handshakeFailed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<long> Refused { get; } = [];
    public List<(string Peer, long Total)> AddressRefused { get; } = [];
    public List<(ProxyHeaderFault Fault, long Total)> BrokenHeaders { get; } = [];
    public List<string> StaleSockets { get; } = [];
    public int PlainOnTls { get; private set; }
    public Task<string> HandshakeFailed => handshakeFailed.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public void OnRefused(long total) => Refused.Add(total);
    public void OnAddressRefused(EndPoint? peer, long total) => AddressRefused.Add(($"{peer}", total));
    public void OnAcceptFailed(SocketError reason) { }
    public void OnPlainOnTls(EndPoint? peer) => PlainOnTls++;
    public void OnProxyHeaderRefused(EndPoint? peer, ProxyHeaderFault fault, long total) => BrokenHeaders.Add((fault, total));
    public void OnStaleSocketRemoved(string path) => StaleSockets.Add(path);
    public void OnHandshakeFailed(EndPoint? peer, string reason) => handshakeFailed.TrySetResult(reason);
}

/// <summary>A listener on a port of the kernel's choice, closed at the end of the test.</summary>
sealed class LoopbackServer : IAsyncDisposable
{
    public LoopbackServer(Func<ByteChannel, Task> serve, ListenerOptions? options = null, TimeProvider? time = null, EndPoint? address = null)
    {
        Listener = new Listener(address ?? new IPEndPoint(IPAddress.Loopback, 0), options ?? new ListenerOptions(), Events, time ?? TimeProvider.System);
        Accepting = Listener.AcceptAsync(channel => _ = ServeAsync(channel, serve));
    }

    // Who serves need not dispose: the connection is over when it returns.
    static async Task ServeAsync(ByteChannel channel, Func<ByteChannel, Task> serve)
    {
        using (channel) await serve(channel);
    }

    public DoorEvents Events { get; } = new();
    public Listener Listener { get; }
    public Task Accepting { get; }

    public async Task<Socket> DialAsync()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(Listener.LocalEndPoint);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    public Task UntilOpenAsync(int connections) => UntilAsync(() => Listener.OpenConnections == connections);

    /// <summary>Waits until connections were closed for their PROXY header, and so many others are open.</summary>
    public Task UntilOpenAsync(int brokenHeaders, int connections) =>
        UntilAsync(() => Listener.RefusedProxyHeaders == brokenHeaders && Listener.OpenConnections == connections);

    static async Task UntilAsync(Func<bool> holds)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
        while (!holds())
        {
            late.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Listener.Dispose();
        await Accepting.WaitAsync(TimeSpan.FromSeconds(20));
    }
}

/// <summary>A client's side in a few words; each waits 20 seconds at most.</summary>
static class Client
{
    static CancellationToken Late => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    public static async Task<string> AskAsync(this Socket socket, string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        await socket.SendAsync(bytes.AsMemory(), Late);
        for (int read = 0; read < bytes.Length;)
        {
            int count = await socket.ReceiveAsync(bytes.AsMemory(read), Late);
            if (count == 0) return "ended";
            read += count;
        }
        return Encoding.ASCII.GetString(bytes);
    }

    public static async Task<string> ReadAllAsync(this Socket socket)
    {
        byte[] bytes = new byte[1024];
        int read = 0;
        while (await socket.ReceiveAsync(bytes.AsMemory(read), Late) is > 0 and int count) read += count;
        return Encoding.ASCII.GetString(bytes, 0, read);
    }
}
