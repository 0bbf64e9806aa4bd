using System.Net;
using System.Net.Sockets;

namespace Conformance;

/// <summary>Stands between a client and the server, and cuts them off from each other when told: what a bad network does.</summary>
sealed class CuttableRelay : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly List<Socket> open = [];
    readonly int target;
    readonly Task accepting;

    public CuttableRelay(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Where clients connect to.</summary>
    public string Http => $"http://{listener.LocalEndpoint}";

    /// <summary>Resets every connection; new ones are relayed again.</summary>
    public void Cut()
    {
        lock (open)
        {
            foreach (Socket end in open) end.Close(0);
            open.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        Cut();
        await accepting;
    }

    async Task AcceptAsync()
    {
        List<Task> relaying = [];
        try
        {
            while (true) relaying.Add(RelayAsync(await listener.AcceptSocketAsync()));
        }
        catch (Exception ending) when (ending is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(relaying).Within("the relayed connections to end");
        }
    }

    async Task RelayAsync(Socket client)
    {
        using NetworkStream there = new(client, ownsSocket: true);
        Socket server = new(SocketType.Stream, ProtocolType.Tcp);
        await server.ConnectAsync(IPAddress.Loopback, target);
        using NetworkStream here = new(server, ownsSocket: true);
        lock (open) open.AddRange([client, server]);
        await Task.WhenAny(CopyAsync(there, here), CopyAsync(here, there));
    }

    static async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        try
        {
            await from.CopyToAsync(to);
        }
        catch (Exception ending) when (ending is IOException or ObjectDisposedException)
        {
            await to.DisposeAsync(); // cut, or one end left: the other shall not wait
        }
    }
}
