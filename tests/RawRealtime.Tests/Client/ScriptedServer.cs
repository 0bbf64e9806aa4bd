using System.Net;
using System.Net.Sockets;
using System.Text;
using RawWebSocket.Handshake;

namespace RawRealtime.Tests.Client;

/// <summary>A server of bytes: takes one connection, answers its opening, sends what it is told to, ends its side, and reads until the client leaves.</summary>
internal sealed class ScriptedServer : IDisposable
{
    readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <param name="afterOpening">Bytes behind the 101, in hexadecimal.</param>
    /// <param name="answer">What is answered instead of the 101; null for it.</param>
    public ScriptedServer(string afterOpening, string? answer = null)
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Served = ServeAsync(Convert.FromHexString(afterOpening.Replace(" ", "", StringComparison.Ordinal)), answer);
    }

    public Uri Address => new($"ws://{listener.LocalEndPoint}/chat");

    /// <summary>The opening request, and all that came behind it.</summary>
    public Task<string> Served { get; }

    public void Dispose() => listener.Dispose();

    async Task<string> ServeAsync(byte[] afterOpening, string? answer)
    {
        using Socket peer = await listener.AcceptAsync();
        byte[] buffer = new byte[64 * 1024];
        StringBuilder all = new();
        while (!all.ToString().Contains("\r\n\r\n", StringComparison.Ordinal)) all.Append(Encoding.Latin1.GetString(buffer, 0, await peer.ReceiveAsync(buffer)));
        await peer.SendAsync(Encoding.Latin1.GetBytes(answer ?? Switch(all.ToString())));
        await peer.SendAsync(afterOpening);
        peer.Shutdown(SocketShutdown.Send);
        while (await peer.ReceiveAsync(buffer) is int length and > 0) all.Append(Encoding.Latin1.GetString(buffer, 0, length));
        return all.ToString();
    }

    static string Switch(string request)
    {
        string key = request.Split("\r\n").First(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(':')[1].Trim();
        byte[] accept = new byte[AcceptKey.AcceptBytes];
        AcceptKey.Write(Encoding.ASCII.GetBytes(key), accept);
        string subprotocol = request.Contains("Sec-WebSocket-Protocol: chat", StringComparison.Ordinal) ? "Sec-WebSocket-Protocol: chat\r\n" : "";
        return $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{subprotocol}Sec-WebSocket-Accept: {Encoding.ASCII.GetString(accept)}\r\n\r\n";
    }
}
