using System.Net.Sockets;
using System.Security.Authentication;
using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class OpeningFailureTests
{
    public static TheoryData<string, Exception, string> Failures => new()
    {
        { "ws://h:81/", new SocketException((int)SocketError.ConnectionRefused), "cannot reach ws://h:81/: nobody listens on port 81 there. Start the server, or check the port." },
        { "wss://h/", new SocketException((int)SocketError.ConnectionRefused), "cannot reach wss://h/: nobody listens on port 443 there. Start the server, or check the port." },
        { "ws://h/", new SocketException((int)SocketError.HostNotFound), "cannot reach ws://h/: there is no host 'h', or names can't be looked up here. Check the name." },
        { "ws://h/", new SocketException((int)SocketError.NetworkUnreachable), "cannot reach ws://h/: no way leads there. Check the address and the network." },
        { "ws://h/", new TimeoutException(), "cannot reach ws://h/: it did not answer in time. Check the address and the port." },
        { "ws://h/", new IOException(), "cannot reach ws://h/: the connection ended before the opening was complete. Where a server speaks TLS the address begins with wss://." },
        { "wss://h/", new IOException(), "cannot reach wss://h/: the connection ended before the opening was complete. Does the server speak TLS? Without it the address begins with ws://." },
        { "wss://h/", new AuthenticationException("The remote certificate was rejected."), "cannot reach wss://h/: The remote certificate was rejected. --cacert names who signed the server's certificate, --insecure takes any." },
        { "wss://h/", new AuthenticationException("See inner.", new InvalidOperationException("No frame.")), "cannot reach wss://h/: No frame. Does the server speak TLS? Without it the address begins with ws://." },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Each_failure_has_its_cause_and_its_cure(string uri, Exception failure, string expected)
    {
        Assert.True(OpeningFailure.IsOne(failure));
        Assert.Equal(new ClientEnd(ClientExit.Unreachable, "unreachable", expected), OpeningFailure.Explain(failure, new(uri)));
    }

    [Fact]
    public void A_bug_is_none() => Assert.False(OpeningFailure.IsOne(new InvalidOperationException()));
}
