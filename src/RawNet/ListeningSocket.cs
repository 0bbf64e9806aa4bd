using System.Net;
using System.Net.Sockets;

namespace RawNet;

/// <summary>One address that is listened on.</summary>
sealed class ListeningSocket
{
    readonly Socket socket;
    readonly string? file;

    ListeningSocket(Socket socket, EndPoint address, bool removedStale)
    {
        this.socket = socket;
        file = (address as UnixDomainSocketEndPoint)?.ToString();
        LocalEndPoint = file is null ? socket.LocalEndPoint! : address;
        RemovedStale = removedStale;
    }

    /// <summary>The port that was picked when 0 was asked for.</summary>
    internal EndPoint LocalEndPoint { get; }

    internal bool IsUnix => file is not null;

    /// <summary>Whether a Unix-domain socket that nobody listened on was in the way.</summary>
    internal bool RemovedStale { get; }

    /// <exception cref="ListenException">The address is in use, or not ours.</exception>
    internal static ListeningSocket Open(EndPoint address, bool isDual, ListenerOptions options)
    {
        bool isUnix = address.AddressFamily == AddressFamily.Unix;
        Socket socket = new(address.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            if (isUnix) return new(socket, address, ListenOnFile(socket, (UnixDomainSocketEndPoint)address, options));
            if (isDual) socket.DualMode = true;
            // On Unix .NET binds so that a restart may take the port over from connections that linger.
            socket.Bind(address);
            socket.Listen(options.Backlog);
            return new(socket, address, false);
        }
        catch (SocketException failure) when (failure is not ListenException)
        {
            socket.Dispose();
            throw new ListenException(address, failure.SocketErrorCode, failure.Message);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    internal ValueTask<Socket> AcceptAsync() => socket.AcceptAsync(CancellationToken.None);

    internal void Close()
    {
        socket.Dispose();
        if (file is not null && !OperatingSystem.IsWindows()) UnixSocketFile.RemoveOwn(file);
    }

    static bool ListenOnFile(Socket socket, UnixDomainSocketEndPoint address, ListenerOptions options)
    {
        if (OperatingSystem.IsWindows()) throw new ListenException(address, SocketError.OperationNotSupported, "on Windows a Unix-domain socket is not listened on");
        return UnixSocketFile.Listen(socket, address.ToString(), options.UnixMode, options.Backlog);
    }
}
