using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RawRealtime.Bench;
using RawWebSocket.Handshake;
using RawWebSocket.Wire;

namespace RawRealtime.Tests.Bench;

/// <summary>Short runs, and servers that misbehave in the way they are told.</summary>
internal static class BenchRig
{
    public const int Size = 20;

    public static BenchOptions Short(BenchKind kind, Uri url) => new(kind, url)
    {
        Connections = 2,
        Size = Size,
        Duration = TimeSpan.FromMilliseconds(300),
        Warmup = TimeSpan.FromMilliseconds(20),
        First = 1,
    };

    public static Task<BenchResult> RunAsync(BenchOptions options) => new BenchRunner(options, new(TextWriter.Null, isShown: false)).RunAsync(CancellationToken.None);

    public static string FaultsOf(BenchResult result) => string.Join(' ', result.Faults.Select(one => BenchFailures.NameOf(one.Fault)));

    public static BenchTransport Via(string name) => Enum.Parse<BenchTransport>(name);

    /// <summary>Reads the next bytes, all of them.</summary>
    public static async Task<byte[]> ReadAsync(Stream stream, int count)
    {
        byte[] bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    /// <summary>Reads a request's head.</summary>
    public static async Task<string> ReadHeadAsync(Stream stream)
    {
        StringBuilder head = new();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)(await ReadAsync(stream, 1))[0]);
        return head.ToString();
    }

    /// <summary>Answers a WebSocket's opening request.</summary>
    public static async Task OpenAsync(Stream stream)
    {
        string request = await ReadHeadAsync(stream);
        string key = request.Split("\r\n").First(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(':')[1].Trim();
        byte[] accept = new byte[AcceptKey.AcceptBytes];
        AcceptKey.Write(Encoding.ASCII.GetBytes(key), accept);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {Encoding.ASCII.GetString(accept)}\r\n\r\n"));
    }

    /// <summary>Reads the next message of a client, of <see cref="Size"/> bytes.</summary>
    public static async Task<byte[]> ReadMessageAsync(Stream stream)
    {
        byte[] header = await ReadAsync(stream, 2);
        for (; header[0] == 0x8A; header = await ReadAsync(stream, 2)) await ReadAsync(stream, 4 + (header[1] & 0x7F)); // a pong is no message
        byte[] frame = [.. header, .. await ReadAsync(stream, 4 + Size)];
        Masking.Apply(frame.AsSpan(6), BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(2)), 0);
        return frame[6..];
    }

    /// <summary>A server's frame around a message.</summary>
    public static byte[] FrameOf(byte[] message) => [0x81, (byte)message.Length, .. message];

    /// <summary>The message of this number.</summary>
    public static byte[] Message(long number)
    {
        byte[] message = new byte[Size];
        new NumberedMessage(Size).Write(message, number);
        return message;
    }
}

/// <summary>A server that does the same on each of its connections, until it is disposed.</summary>
internal sealed class PlantedServer : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly Task accepting;

    public PlantedServer(Func<Stream, Task> serve)
    {
        listener.Start();
        accepting = AcceptAsync(serve);
    }

    public string Authority => listener.LocalEndpoint.ToString()!;

    public Uri Http => new($"http://{Authority}/x");

    public Uri Ws => new($"ws://{Authority}/x");

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await accepting;
    }

    async Task AcceptAsync(Func<Stream, Task> serve)
    {
        List<Task> served = [];
        try
        {
            while (true) served.Add(ServeAsync(await listener.AcceptTcpClientAsync(), serve));
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(served);
        }
    }

    static async Task ServeAsync(TcpClient client, Func<Stream, Task> serve)
    {
        using (client)
        {
            try
            {
                await serve(client.GetStream());
            }
            catch (IOException)
            {
                // the bench has left
                client.Close();
            }
        }
    }
}
