using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Conformance;

/// <summary>One connection that polls, as light as can be: thousands of them fit into a test.</summary>
sealed class HeldPollClient : IDisposable
{
    readonly Socket socket;

    HeldPollClient(Socket socket) => this.socket = socket;

    /// <summary>Connects from an address of its own choice, since the ports and connections of one address are bounded.</summary>
    public static async Task<HeldPollClient> ConnectAsync(IPAddress from, int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new(socket);
    }

    /// <summary>Asks.</summary>
    public async Task SendAsync(string target) => await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n").AsMemory());

    /// <summary>The next answer with content: its head and its content, and not a byte behind it.</summary>
    public async Task<(string Head, string Content)> ReceiveAsync()
    {
        byte[] block = new byte[2048];
        string text = "";
        int head, length = 0;
        do
        {
            int received = await socket.ReceiveAsync(block.AsMemory());
            Assert.True(received > 0, $"the connection ended after '{text}'");
            text += Encoding.ASCII.GetString(block, 0, received);
            head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
            if (head >= 4) length = LengthIn(text[..head]);
        }
        while (head < 4 || text.Length < head + length);
        Assert.Equal(head + length, text.Length);
        return (text[..head], text[head..]);
    }

    /// <summary>Leaves in order: FIN.</summary>
    public void Close() => socket.Dispose();

    /// <summary>Leaves at once: RST.</summary>
    public void Reset() => socket.Close(0);

    public void Dispose() => socket.Dispose();

    static int LengthIn(string head)
    {
        const string Name = "Content-Length: ";
        int start = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase) + Name.Length;
        return int.Parse(head.AsSpan(start, head.IndexOf('\r', start) - start), System.Globalization.CultureInfo.InvariantCulture);
    }
}
