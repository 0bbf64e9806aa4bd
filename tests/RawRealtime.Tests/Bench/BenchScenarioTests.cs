using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class BenchScenarioTests
{
    [Fact]
    public async Task Connections_come_from_the_addresses_in_turn()
    {
        if (!OperatingSystem.IsLinux()) return; // elsewhere 127.0.0.2 is no address of the machine
        ConcurrentBag<string> from = [];
        await using PlantedServer server = new(async stream =>
        {
            from.Add(((IPEndPoint)((NetworkStream)stream).Socket.RemoteEndPoint!).Address.ToString());
            await BenchRig.ReadHeadAsync(stream);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            await BenchRig.ReadAsync(stream, 1 << 20);
        });
        BenchOptions options = BenchRig.Short(BenchKind.Idle, server.Http) with
        {
            Transport = BenchTransport.Http,
            Connections = 4,
            Sources = [IPAddress.Loopback, IPAddress.Parse("127.0.0.2")],
            Duration = TimeSpan.FromMilliseconds(50),
        };
        Assert.True((await BenchRig.RunAsync(options)).IsRight);
        Assert.Equal(["127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.2"], from.Order());
    }
}
