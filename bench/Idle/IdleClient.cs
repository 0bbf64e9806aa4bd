using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RawRealtime.Bench.Idle;

/// <summary>A connection that subscribed and says nothing more.</summary>
internal sealed class IdleClient : IDisposable
{
    // The connections of one address are bounded; several of the loopback network have room for all.
    const int PerAddress = 2_000;

    readonly Socket socket;

    IdleClient(Socket socket) => this.socket = socket;

    /// <summary>Opens so many; gives them back when the server has answered each.</summary>
    public static async Task<IReadOnlyList<IdleClient>> OpenAsync(IdleKind kind, int port, int count)
    {
        List<IdleClient> open = [];
        for (int i = 0; i < count; i++)
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + i / PerAddress)]), 0));
            await socket.ConnectAsync(IPAddress.Loopback, port).ConfigureAwait(false);
            await socket.SendAsync(Encoding.ASCII.GetBytes(kind.Request).AsMemory()).ConfigureAwait(false);
            if (kind.Begins.Length > 0) await ReceiveAsync(socket, kind.Begins).ConfigureAwait(false);
            open.Add(new(socket));
        }
        return open;
    }

    /// <summary>Leaves.</summary>
    public void Dispose() => socket.Dispose();

    static async Task ReceiveAsync(Socket socket, string text)
    {
        byte[] block = new byte[4096];
        string got = "";
        while (!got.Contains(text, StringComparison.Ordinal))
        {
            int received = await socket.ReceiveAsync(block.AsMemory()).ConfigureAwait(false);
            if (received == 0) throw new InvalidOperationException($"refused: {got}");
            got += Encoding.ASCII.GetString(block, 0, received);
        }
    }
}
