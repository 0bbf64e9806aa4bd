using System.Net.Sockets;

namespace RawNet.Tests;

public sealed class SocketOptionsTests
{
    [Fact]
    public void A_tcp_socket_is_set_to_notice_dead_peers()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        SocketOptions.Apply(socket);
        Assert.True(socket.NoDelay);
        Assert.NotEqual(0, (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)!);
        Assert.Equal(60, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        Assert.Equal(10, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
        Assert.Equal(3, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount));
        if (!OperatingSystem.IsLinux()) return;
        byte[] milliseconds = new byte[4];
        socket.GetRawSocketOption(6, 18, milliseconds);
        Assert.Equal(SocketOptions.UserTimeoutMilliseconds, BitConverter.ToInt32(milliseconds));
    }

    [Fact]
    public void Other_sockets_are_left_alone()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        SocketOptions.Apply(socket);
    }
}
