using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RawWebSocket.Tests;

/// <summary>A proxy that makes one tunnel, on an ephemeral port, and keeps what it was asked.</summary>
sealed class TunnelProxy : IDisposable
{
    readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly CancellationTokenSource late = new(TimeSpan.FromSeconds(20));

    public TunnelProxy()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Uri = new($"http://user:pass@127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
        Asked = RunAsync();
    }

    public Uri Uri { get; }

    /// <summary>The head of the request; ends when the tunnel is made.</summary>
    public Task<string> Asked { get; }

    async Task<string> RunAsync()
    {
        Socket near = await listener.AcceptAsync(late.Token), far = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        byte[] bytes = new byte[4096];
        int read = 0;
        while (!bytes.AsSpan(0, read).EndsWith("\r\n\r\n"u8)) read += await near.ReceiveAsync(bytes.AsMemory(read), late.Token);
        string head = Encoding.ASCII.GetString(bytes, 0, read);
        await far.ConnectAsync(IPAddress.Loopback, int.Parse(head.Split(' ')[1].Split(':')[1], System.Globalization.CultureInfo.InvariantCulture), late.Token);
        await near.SendAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray().AsMemory(), late.Token);
        _ = RelayAsync(near, far);
        _ = RelayAsync(far, near);
        return head;
    }

    async Task RelayAsync(Socket from, Socket to)
    {
        byte[] bytes = new byte[4096];
        while (await from.ReceiveAsync(bytes.AsMemory(), late.Token) is int count and > 0) await to.SendAsync(bytes.AsMemory(0, count), late.Token);
        to.Shutdown(SocketShutdown.Send);
    }

    public void Dispose()
    {
        listener.Dispose();
        late.Dispose();
    }
}
