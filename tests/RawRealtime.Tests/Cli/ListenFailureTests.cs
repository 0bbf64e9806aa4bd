using System.Net;
using System.Net.Sockets;
using RawNet;
using RawRealtime.Cli;

namespace RawRealtime.Tests.Cli;

public sealed class ListenFailureTests
{
    [Theory]
    [InlineData(SocketError.AddressAlreadyInUse, "it is in use. Stop the other program, or choose another with --port (0 picks a free one).")]
    [InlineData(SocketError.AccessDenied, "not permitted. Ports below 1024 need privileges; choose another with --port.")]
    [InlineData(SocketError.AddressNotAvailable, "192.0.2.1 is no address of this machine. Choose one with --host.")]
    [InlineData(SocketError.AddressFamilyNotSupported, "this machine has no IPv6. Choose an IPv4 address with --host.")]
    [InlineData(SocketError.Fault, "odd")]
    public void A_port_is_told_with_cause_and_cure(SocketError reason, string says) =>
        Assert.Equal($"cannot listen on 192.0.2.1 port 80: {says}", ListenFailure.Explain(new(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 80), reason, "odd")));

    [Theory]
    [InlineData(SocketError.AddressAlreadyInUse, "why. Stop that program, or choose another path with --listen.")]
    [InlineData(SocketError.NotSocket, "why, and is left alone. Move it away, or choose another path with --listen.")]
    [InlineData(SocketError.AccessDenied, "why. Choose a folder that this user may write to with --listen.")]
    [InlineData(SocketError.AddressNotAvailable, "there is no such folder. Make it, or choose another path with --listen.")]
    [InlineData(SocketError.InvalidArgument, "why. Choose a shorter one with --listen.")]
    [InlineData(SocketError.OperationNotSupported, "why. Use --host and --port.")]
    [InlineData(SocketError.Fault, "why.")]
    public void A_path_is_told_with_cause_and_cure(SocketError reason, string says) =>
        Assert.Equal($"cannot listen on unix: {says}", ListenFailure.Explain(new(UnixPeer.Instance, reason, "why")));
}
