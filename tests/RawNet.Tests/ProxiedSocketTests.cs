using System.Net;
using System.Net.Sockets;
using System.Text;
using RawNet.Wire;
using Testing;

namespace RawNet.Tests;

/// <summary>What follows a header is untouched, however the bytes come; who is believed, and what becomes of a broken header.</summary>
public sealed class ProxiedSocketTests
{
    const string Line = "PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n";

    static readonly string Block = Encoding.Latin1.GetString(Convert.FromHexString("0D0A0D0A000D0A515549540A" + "2111000F" + "C0000207C6336401DC0401BB" + "040000"));

    static TrustedPeers Loopback => new([new IPNetwork(IPAddress.Loopback, 32)], unix: false);

    // It answers who it takes its peer for, then what it gets.
    static LoopbackServer Serve(ListenerOptions options, TimeProvider? time = null) => new(
        async channel =>
        {
            using (channel)
            {
                await channel.SendAsync(Encoding.ASCII.GetBytes($"{(channel.RemoteEndPoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address) ? "loopback" : channel.RemoteEndPoint)} "));
                byte[] bytes = new byte[1000];
                while (await channel.ReceiveAsync(bytes) is > 0 and int count) await channel.SendAsync(bytes.AsMemory(0, count));
            }
        },
        options,
        time);

    static async Task SendAsync(Socket client, string text) => await client.SendAsync(Encoding.Latin1.GetBytes(text).AsMemory());

    static async Task<string> AnswerAsync(LoopbackServer server, params string[] pieces)
    {
        using Socket client = await server.DialAsync();
        client.NoDelay = true;
        foreach (string piece in pieces) await SendAsync(client, piece);
        client.Shutdown(SocketShutdown.Send);
        return await client.ReadAllAsync();
    }

    [Theory]
    [InlineData(Line, "192.0.2.7:56324")]
    [InlineData("PROXY TCP6 2001:db8::7 ::1 56324 443\r\n", "[2001:db8::7]:56324")]
    [InlineData("PROXY UNKNOWN\r\n", "loopback")]
    [InlineData("block", "192.0.2.7:56324")]
    public async Task A_trusted_peer_tells_whose_the_connection_is_and_the_rest_is_the_clients(string header, string peer)
    {
        await using LoopbackServer server = Serve(new() { ProxyHeaderFrom = Loopback });
        header = header == "block" ? Block : header;
        Assert.Equal($"{peer} hello", await AnswerAsync(server, header + "hello"));
        Assert.Equal($"{peer} hello", await AnswerAsync(server, header, "hello"));
        Assert.Equal($"{peer} hello", await AnswerAsync(server, [.. (header + "hello").Select(c => $"{c}")]));
        Assert.Equal($"{peer} ", await AnswerAsync(server, header));
        // A second header is the client's own words.
        Assert.Equal($"{peer} PROXY UNKNOWN\r\n", await AnswerAsync(server, header + "PROXY UNKNOWN\r\n"));
    }

    [Fact]
    public async Task The_header_of_others_is_never_read()
    {
        await using LoopbackServer server = Serve(new() { ProxyHeaderFrom = new([new IPNetwork(IPAddress.Parse("192.0.2.0"), 24)], unix: true) });
        Assert.Equal($"loopback {Line}hello", await AnswerAsync(server, Line + "hello"));
        Assert.Equal(0, server.Listener.RefusedProxyHeaders);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", ProxyHeaderFault.NoSignature)]
    [InlineData("PROXY TCP4 192.0.2.07 198.51.100.1 56324 443\r\nhello", ProxyHeaderFault.BadAddress)]
    [InlineData("PROXY TCP4 192.0.2.7", ProxyHeaderFault.Incomplete)]
    [InlineData("", ProxyHeaderFault.Incomplete)]
    public async Task A_broken_header_is_told_and_counted_and_nothing_is_answered(string text, ProxyHeaderFault fault)
    {
        await using LoopbackServer server = Serve(new() { ProxyHeaderFrom = Loopback });
        using Socket client = await server.DialAsync();
        if (text.Length > 0) await SendAsync(client, text);
        client.Shutdown(SocketShutdown.Send);
        await server.UntilOpenAsync(1, 0);
        Assert.Equal(0, await ReceivedAsync(client));
        Assert.Equal([(fault, 1L)], server.Events.BrokenHeaders);
        Assert.Equal(1, server.Listener.RefusedProxyHeaders);
        Assert.Equal("192.0.2.7:56324 ", await AnswerAsync(server, Line));
    }

    // Bytes that nobody reads make the end a reset.
    static async Task<int> ReceivedAsync(Socket client)
    {
        try
        {
            return (await client.ReadAllAsync()).Length;
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    [Fact]
    public async Task A_header_that_does_not_come_in_time_ends_the_connection()
    {
        ManualTime time = new();
        await using LoopbackServer server = Serve(new() { ProxyHeaderFrom = Loopback, HandshakeMilliseconds = 5000 }, time);
        using Socket client = await server.DialAsync();
        await SendAsync(client, "PROXY TCP4 192");
        while (time.Timers == 0) await Task.Yield();
        time.Advance(4999);
        Assert.Equal(1, server.Listener.OpenConnections);
        time.Advance(1);
        await server.UntilOpenAsync(0);
        Assert.Equal([(ProxyHeaderFault.TooSlow, 1L)], server.Events.BrokenHeaders);
        Assert.Equal(0, await ReceivedAsync(client));
    }

    [Fact]
    public async Task The_cap_per_address_is_that_of_the_told_address()
    {
        await using LoopbackServer server = Serve(new() { ProxyHeaderFrom = Loopback, MaxConnectionsPerAddress = 2 });
        using Socket first = await server.DialAsync(), second = await server.DialAsync(), other = await server.DialAsync(), health = await server.DialAsync();
        byte[] bytes = new byte[100];
        foreach (Socket inside in new[] { first, second })
        {
            await SendAsync(inside, Line);
            Assert.True(await inside.ReceiveAsync(bytes.AsMemory()).AsTask().WaitAsync(TimeSpan.FromSeconds(20)) > 0);
        }
        using (Socket over = await server.DialAsync())
        {
            await SendAsync(over, "PROXY TCP6 ::ffff:192.0.2.7 ::1 1 1\r\n");
            Assert.Equal("", await over.ReadAllAsync());
        }
        Assert.Equal([("192.0.2.7:1", 1L)], server.Events.AddressRefused);
        Assert.Equal(1, server.Listener.RefusedByAddress);
        foreach ((Socket inside, string header) in new[] { (other, Line.Replace("2.7", "2.8", StringComparison.Ordinal)), (health, "PROXY UNKNOWN\r\n") })
        {
            await SendAsync(inside, header);
            Assert.True(await inside.ReceiveAsync(bytes.AsMemory()).AsTask().WaitAsync(TimeSpan.FromSeconds(20)) > 0);
        }
        first.Dispose();
        await server.UntilOpenAsync(3);
        Assert.Equal("192.0.2.7:56324 again", await AnswerAsync(server, Line + "again"));
    }
}
