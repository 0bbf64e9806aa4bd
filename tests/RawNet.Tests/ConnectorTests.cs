using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Testing;

namespace RawNet.Tests;

public sealed class ConnectorTests
{
    static CancellationToken Late => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    [Theory]
    [InlineData("an address")]
    [InlineData("a name")]
    [InlineData("a path")]
    public async Task Bytes_travel_both_ways_to(string kind)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        EndPoint address = kind == "a path" ? new UnixDomainSocketEndPoint(path) : new IPEndPoint(IPAddress.Loopback, 0);
        using Socket listener = new(address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(address);
        listener.Listen();
        EndPoint dialled = kind == "a name" ? new DnsEndPoint("localhost", ((IPEndPoint)listener.LocalEndPoint!).Port) : listener.LocalEndPoint!;

        using ByteChannel channel = await Connector.ConnectAsync(dialled, null, null, Late);
        using Socket accepted = await listener.AcceptAsync(Late);
        byte[] bytes = new byte[10];
        await channel.SendAsync("ping"u8.ToArray());
        Assert.Equal(4, await accepted.ReceiveAsync(bytes.AsMemory(), Late));
        await accepted.SendAsync("pong"u8.ToArray().AsMemory(), Late);
        Assert.Equal(4, await channel.ReceiveAsync(bytes).AsTask().WaitAsync(Late));
        Assert.Equal((false, "pong"), (channel.IsSecure, System.Text.Encoding.ASCII.GetString(bytes, 0, 4)));
        File.Delete(path);
    }

    [Fact]
    public async Task A_server_that_proves_its_name_is_spoken_to_over_TLS()
    {
        using TlsServer server = new("server.test");
        Task<(SslStream Stream, Socket Socket)> accepting = server.AcceptAsync(Late);
        using ByteChannel channel = await Connector.ConnectAsync(server.EndPoint, "server.test", server.Trusting, Late);
        using SslStream accepted = (await accepting).Stream;
        Assert.Equal((true, "server.test"), (channel.IsSecure, accepted.TargetHostName));
        await channel.SendAsync("ping"u8.ToArray());
        Assert.Equal(4, await accepted.ReadAsync(new byte[10].AsMemory(), Late));
    }

    /// <summary>Without validation TLS would be a talk with whoever answers.</summary>
    [Theory]
    [InlineData("another name", "other.test", true)]
    [InlineData("trust in nobody but the system's", "server.test", false)]
    public async Task A_certificate_that_proves_nothing_is_refused(string why, string name, bool trusts)
    {
        using TlsServer server = new("server.test");
        Task accepting = server.AcceptAsync(Late);
        Exception? refused = await Record.ExceptionAsync(() => Connector.ConnectAsync(server.EndPoint, name, trusts ? server.Trusting : null, Late));
        Assert.True(refused is AuthenticationException, why);
        await Record.ExceptionAsync(() => accepting);
    }

    [Fact]
    public async Task The_way_is_agreed_on_in_clear_text_and_TLS_begins_behind_it()
    {
        using TlsServer server = new("server.test");
        using Socket between = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        between.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        between.Listen();
        Task<(SslStream Stream, Socket Socket)> accepting = server.AcceptAsync(Late);
        Task<ByteChannel> connecting = Connector.ConnectThroughAsync(between.LocalEndPoint!, async plain => await plain.SendAsync("to the server"u8.ToArray()), "server.test", server.Trusting, Late);
        using Socket accepted = await between.AcceptAsync(Late), onward = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        byte[] asked = new byte["to the server".Length];
        await using NetworkStream near = new(accepted);
        await near.ReadExactlyAsync(asked, Late);
        Assert.Equal("to the server", System.Text.Encoding.ASCII.GetString(asked));
        await onward.ConnectAsync(server.EndPoint, Late);
        await using NetworkStream far = new(onward);
        Task relaying = Task.WhenAny(near.CopyToAsync(far, Late), far.CopyToAsync(near, Late));
        using ByteChannel channel = await connecting;
        await using SslStream stream = (await accepting).Stream;
        Assert.Equal((true, "server.test"), (channel.IsSecure, stream.TargetHostName));
    }

    [Theory]
    [InlineData("refused", typeof(InvalidDataException))]
    [InlineData("cancelled while it waits", typeof(OperationCanceledException))]
    [InlineData("cancelled at the last moment", typeof(OperationCanceledException))]
    public async Task A_way_that_is_not_agreed_on_leads_nowhere(string how, Type thrown)
    {
        using Socket between = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        between.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        between.Listen();
        using CancellationTokenSource cancel = new();
        Task<ByteChannel> connecting = Connector.ConnectThroughAsync(between.LocalEndPoint!, async plain =>
        {
            if (how == "refused") throw new InvalidDataException(how);
            ValueTask<int> answer = how == "cancelled while it waits" ? plain.ReceiveAsync(new byte[1]) : default;
            await cancel.CancelAsync();
            await answer;
        }, null, null, cancel.Token);
        Exception? failure = await Record.ExceptionAsync(() => connecting.WaitAsync(Late));
        Assert.IsType(thrown, failure, exactMatch: false);
        using Socket accepted = await between.AcceptAsync(Late);
        Exception? reset = await Record.ExceptionAsync(async () => Assert.Equal(0, await accepted.ReceiveAsync(new byte[1].AsMemory(), Late)));
        Assert.True(reset is null or SocketException, $"{reset}"); // either way the connection is closed
    }

    [Fact]
    public async Task Nobody_there_is_a_socket_error_and_a_cancelled_handshake_is_one_that_was_cancelled()
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint address = listener.LocalEndPoint!;
        await Assert.ThrowsAnyAsync<SocketException>(() => Connector.ConnectAsync(address, null, null, Late));
        listener.Listen();
        using CancellationTokenSource cancel = new();
        Task<ByteChannel> connecting = Connector.ConnectAsync(address, "server.test", null, cancel.Token);
        using Socket accepted = await listener.AcceptAsync(Late);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(Late));
    }

    /// <summary>So that an option that a later runtime adds is not forgotten.</summary>
    [Fact]
    public void Every_option_goes_along_and_the_name_is_set_where_none_was()
    {
        SslClientAuthenticationOptions given = new()
        {
            AllowRenegotiation = false,
            AllowTlsResume = false,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            CertificateChainPolicy = new(),
            CertificateRevocationCheckMode = X509RevocationMode.Offline,
            ClientCertificates = [],
            EnabledSslProtocols = SslProtocols.Tls13,
            LocalCertificateSelectionCallback = (_, _, _, _, _) => null!,
            RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None,
        };
        SslClientAuthenticationOptions own = Connector.OptionsFor("server.test", given);
        foreach (PropertyInfo property in typeof(SslClientAuthenticationOptions).GetProperties().Where(one => one.Name != nameof(given.TargetHost)))
            Assert.Equal(property.GetValue(given), property.GetValue(own));
        Assert.Equal(("server.test", null), (own.TargetHost, given.TargetHost));
        given.TargetHost = "front.test";
        Assert.Equal("front.test", Connector.OptionsFor("server.test", given).TargetHost);
    }
}
