using System.Net;
using System.Net.Sockets;
using RawNet;

namespace RawRealtime.Cli;

/// <summary>What to tell someone whose server cannot listen: the cause, and the cure.</summary>
internal static class ListenFailure
{
    /// <summary>One line.</summary>
    public static string Explain(ListenException failure) => failure.Address is IPEndPoint tcp
        ? $"cannot listen on {tcp.Address} port {tcp.Port}: {CureOf(failure.SocketErrorCode, tcp) ?? failure.Message}"
        : $"cannot listen on {failure.Address}: {CureOf(failure.SocketErrorCode, failure.Message) ?? failure.Message + '.'}";

    static string? CureOf(SocketError reason, IPEndPoint tcp) => reason switch
    {
        SocketError.AddressAlreadyInUse => "it is in use. Stop the other program, or choose another with --port (0 picks a free one).",
        SocketError.AccessDenied => "not permitted. Ports below 1024 need privileges; choose another with --port.",
        SocketError.AddressNotAvailable => $"{tcp.Address} is no address of this machine. Choose one with --host.",
        SocketError.AddressFamilyNotSupported => "this machine has no IPv6. Choose an IPv4 address with --host.",
        _ => null,
    };

    static string? CureOf(SocketError reason, string cause) => reason switch
    {
        SocketError.AddressAlreadyInUse => $"{cause}. Stop that program, or choose another path with --listen.",
        SocketError.NotSocket => $"{cause}, and is left alone. Move it away, or choose another path with --listen.",
        SocketError.AccessDenied => $"{cause}. Choose a folder that this user may write to with --listen.",
        SocketError.AddressNotAvailable => "there is no such folder. Make it, or choose another path with --listen.",
        SocketError.InvalidArgument => $"{cause}. Choose a shorter one with --listen.",
        SocketError.OperationNotSupported => $"{cause}. Use --host and --port.",
        _ => null,
    };
}
