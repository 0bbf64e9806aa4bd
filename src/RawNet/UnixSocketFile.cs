using System.Net.Sockets;
using System.Runtime.Versioning;

namespace RawNet;

/// <summary>The file that stands for a Unix-domain socket: how it comes to be, and how it goes.</summary>
[UnsupportedOSPlatform("windows")]
static class UnixSocketFile
{
    // open(2) of a socket: "No such device or address" on Linux, "Operation not supported on socket" on macOS and the BSDs.
    const int Enxio = 6;

    static readonly int EOpNotSupp = OperatingSystem.IsMacOS() ? 102 : 45;

    /// <summary>
    /// Binds and listens under a name beside <paramref name="path"/>, and takes <paramref name="path"/> when all is ready: so at no moment
    /// can anybody connect whom <paramref name="mode"/> keeps out, nor is anybody refused who may.
    /// </summary>
    /// <returns>Whether a socket that nobody listened on was removed.</returns>
    /// <exception cref="ListenException">Someone listens there, something else is there, or the path is of no use.</exception>
    internal static bool Listen(Socket socket, string path, UnixFileMode mode, int backlog)
    {
        UnixDomainSocketEndPoint address = AddressOf(path), beside = AddressOf(path + "~");
        try
        {
            bool removed = RemoveStale(address, path);
            RemoveStale(beside, path + "~");
            socket.Bind(beside);
            File.SetUnixFileMode(path + "~", mode);
            socket.Listen(backlog);
            File.Move(path + "~", path); // not over another's, who may have been faster
            return removed;
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or SocketException { SocketErrorCode: SocketError.AccessDenied } and not ListenException)
        {
            throw new ListenException(address, SocketError.AccessDenied, $"not permitted in {Path.GetDirectoryName(path)}");
        }
        catch (IOException failure)
        {
            throw new ListenException(address, SocketError.AddressAlreadyInUse, failure.Message);
        }
        catch (SocketException failure) when (failure is not ListenException)
        {
            throw new ListenException(address, failure.SocketErrorCode, failure.Message);
        }
    }

    /// <summary>Removes the file, unless it has become another's: someone who listens there now, or no socket at all.</summary>
    internal static void RemoveOwn(string path)
    {
        try
        {
            if (!IsListenedOn(new(path)) && IsSocket(path)) File.Delete(path);
        }
        catch (Exception failure) when (failure is SocketException or IOException or UnauthorizedAccessException)
        {
            // It is gone, or out of our reach: nothing of ours is left to remove.
        }
    }

    static UnixDomainSocketEndPoint AddressOf(string path)
    {
        try
        {
            return new(path);
        }
        catch (ArgumentOutOfRangeException)
        {
            // The system has room for 104 to 108 bytes, ours is one longer meanwhile.
            throw new ListenException(UnixPeer.Instance, SocketError.InvalidArgument, $"{path} is too long for a socket: about 100 bytes is the most a system takes");
        }
    }

    static bool RemoveStale(UnixDomainSocketEndPoint address, string path)
    {
        if (!Path.Exists(path)) return false;
        if (IsListenedOn(address)) throw new ListenException(address, SocketError.AddressAlreadyInUse, "another program listens there");
        if (!IsSocket(path)) throw new ListenException(address, SocketError.NotSocket, "there is something else, which is no socket");
        File.Delete(path);
        return true;
    }

    static bool IsListenedOn(UnixDomainSocketEndPoint address)
    {
        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            probe.Connect(address);
            return true;
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.WouldBlock or SocketError.ConnectionRefused or SocketError.AddressNotAvailable)
        {
            return failure.SocketErrorCode == SocketError.WouldBlock; // its queue is full: it listens
        }
    }

    // Files of most kinds can be opened, folders are refused for what they are, and a socket fails in a way of its own.
    // Opened for writing too, since a pipe without a writer would keep us waiting.
    static bool IsSocket(string path)
    {
        try
        {
            File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete).Dispose();
            return false;
        }
        catch (IOException failure)
        {
            return failure.HResult == Enxio || failure.HResult == EOpNotSupp;
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            return false;
        }
    }
}
