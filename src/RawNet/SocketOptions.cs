using System.Net.Sockets;

namespace RawNet;

/// <summary>The options every connected TCP socket of ours gets, so that dead peers are noticed and small writes leave at once.</summary>
public static class SocketOptions
{
    // SOL_TCP and TCP_USER_TIMEOUT of Linux: .NET has no name for them.
    const int SolTcp = 6, TcpUserTimeout = 18;

    /// <summary>How long sent bytes may stay unacknowledged before the kernel gives the connection up, in milliseconds (RFC 5482).</summary>
    public const int UserTimeoutMilliseconds = 30_000;

    /// <summary>
    /// Sets TCP_NODELAY, keep-alive (first probe after 60 s, then each 10 s, three times) and, on Linux, TCP_USER_TIMEOUT;
    /// without the last, Linux retries for 13 to 30 minutes. Sockets that are not TCP are left alone.
    /// </summary>
    public static void Apply(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (socket.ProtocolType != ProtocolType.Tcp) return;
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption(SolTcp, TcpUserTimeout, BitConverter.GetBytes(UserTimeoutMilliseconds));
    }
}
