using System.Net;
using System.Net.Sockets;

namespace RawNet.Tests;

public sealed class ListeningSocketTests
{
    [Fact]
    public void An_address_in_use_is_named_with_the_reason()
    {
        ListenerOptions options = new();
        ListeningSocket first = ListeningSocket.Open(new IPEndPoint(IPAddress.Loopback, 0), isDual: false, options);
        ListenException taken = Assert.Throws<ListenException>(() => ListeningSocket.Open(first.LocalEndPoint, isDual: false, options));
        Assert.Equal((SocketError.AddressAlreadyInUse, first.LocalEndPoint), (taken.SocketErrorCode, taken.Address));
        Assert.NotEmpty(taken.Message);
        first.Close();
        ListeningSocket.Open(first.LocalEndPoint, isDual: false, options).Close();
    }

    [Fact]
    public void A_foreign_address_is_named_with_the_reason()
    {
        IPEndPoint foreign = new(IPAddress.Parse("192.0.2.1"), 0);
        ListenException refused = Assert.Throws<ListenException>(() => ListeningSocket.Open(foreign, isDual: false, new()));
        Assert.Equal((SocketError.AddressNotAvailable, (EndPoint)foreign), (refused.SocketErrorCode, refused.Address));
    }
}
