using System.Net;
using System.Net.Sockets;

namespace RawNet.Tests;

public sealed class ArrivalTests
{
    [Fact]
    public async Task Who_comes_by_IPv4_to_a_socket_for_both_kinds_has_an_IPv4_address()
    {
        if (!Socket.OSSupportsIPv6) return;
        TaskCompletionSource<EndPoint?> peer = new();
        await using LoopbackServer server = new(
            channel =>
            {
                using (channel) peer.TrySetResult(channel.RemoteEndPoint);
                return Task.CompletedTask;
            },
            address: new IPEndPoint(IPAddress.IPv6Any, 0));
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)server.Listener.LocalEndPoint).Port);
        Assert.Equal(client.LocalEndPoint, await peer.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void Who_comes_by_a_Unix_domain_socket_is_called_unix()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.Equal("unix", $"{new Arrival(socket, isUnix: true).Peer}");
    }
}
