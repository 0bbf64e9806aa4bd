using System.Net.Sockets;
using System.Security.Authentication;
using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class TransportEndsTests
{
    static readonly Uri Server = new("ws://h/");

    public static TheoryData<Exception, string, bool> Openings => new()
    {
        { new SocketException((int)SocketError.ConnectionRefused), nameof(TransportEndKind.Unreachable), false },
        { new AuthenticationException("The certificate is bad."), nameof(TransportEndKind.Unreachable), false },
        { new TimeoutException(), nameof(TransportEndKind.NotOpened), true },
        { new IOException(), nameof(TransportEndKind.NotOpened), true },
    };

    [Theory]
    [MemberData(nameof(Openings))]
    public void Why_no_WebSocket_was_opened_says_whether_another_transport_helps(Exception failure, string kind, bool isPassing)
    {
        TransportEnd end = TransportEnds.OfOpening(failure, Server);
        Assert.Equal((kind, isPassing), (end.Kind.ToString(), end.IsPassing));
        Assert.NotEmpty(end.End.Detail);
    }

    [Fact]
    public void A_server_of_another_kind_is_told() =>
        Assert.Equal((TransportEndKind.NotOpened, ClientExit.Fault), (TransportEnds.Of(new NotOursException("x")).Kind, TransportEnds.Of(new NotOursException("x")).End.ExitCode));
}
