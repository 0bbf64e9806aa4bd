using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Conformance.Catalogue;

/// <summary>
/// A WebSocket client made of a socket and nothing else: it sends what it is told, right or wrong, and judges every frame that comes.
/// None of its code is the server's. Each wait for a byte is bounded.
/// </summary>
sealed class RawClient : IDisposable
{
    /// <summary>The example of RFC 6455 §1.3.</summary>
    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==", Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly CancellationTokenSource late = new();
    byte[] block = new byte[16 * 1024];
    int start, end;
    MemoryStream? fragments; // of the message that has not come whole
    int kind;
    bool isCompressed, gotClose;

    RawClient()
    {
    }

    /// <summary>What compressed messages are read with; null where none may come.</summary>
    public PeerInflater? Inflater { get; set; }

    /// <summary>Messages that came with RSV1, as a stream of DEFLATE: 00 00 FF FF is put back. RFC 7692 §6 and §7.2.2.</summary>
    public List<byte[]> Compressed { get; } = [];

    /// <summary>The head of the server's answer.</summary>
    public string Head { get; private set; } = "";

    /// <summary>Connects; perhaps with little room for what comes, so that the server notices soon when nothing is read.</summary>
    public static async Task<RawClient> DialAsync(int port, bool smallBuffers = false)
    {
        RawClient client = new();
        if (smallBuffers) client.socket.ReceiveBufferSize = 8 * 1024;
        client.late.CancelAfter(Bounded.Patience);
        await client.socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), client.late.Token);
        return client;
    }

    /// <summary>Connects and opens a WebSocket, with further field lines, each with its CRLF.</summary>
    public static async Task<RawClient> OpenAsync(int port, string fields = "", string path = "/echo", bool smallBuffers = false)
    {
        RawClient client = await DialAsync(port, smallBuffers);
        await client.SendAsync(Encoding.Latin1.GetBytes(Request(fields, path)));
        await client.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 101 ", client.Head, StringComparison.Ordinal);
        return client;
    }

    /// <summary>An opening request that breaks no rule.</summary>
    public static string Request(string fields = "", string path = "/echo") =>
        $"GET {path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {Key}\r\nSec-WebSocket-Version: 13\r\n{fields}\r\n";

    /// <summary>Sends bytes, in pieces when told so.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, int piece = int.MaxValue)
    {
        while (!bytes.IsEmpty)
        {
            late.CancelAfter(Bounded.Patience);
            int sent = await socket.SendAsync(bytes[..Math.Min(piece, bytes.Length)], late.Token);
            bytes = bytes[sent..];
        }
    }

    /// <summary>Sends frames in one piece.</summary>
    public Task SendFramesAsync(params byte[][] frames) => SendAsync(frames.SelectMany(frame => frame).ToArray());

    /// <summary>Sends all of it, unless the server ends the connection before: what is left is then nobody's.</summary>
    /// <returns>False when the server did.</returns>
    public async Task<bool> TrySendAsync(IEnumerable<byte[]> frames, int piece = int.MaxValue)
    {
        try
        {
            foreach (byte[] frame in frames) await SendAsync(frame, piece);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Sends until the server takes no more, or nothing is left.</summary>
    /// <returns>How many bytes were sent.</returns>
    public int SendUntilHeldBack(ReadOnlySpan<byte> bytes)
    {
        int sent = 0;
        socket.Blocking = false;
        while (sent < bytes.Length && socket.Poll(TimeSpan.FromMilliseconds(300), SelectMode.SelectWrite))
            sent += Math.Max(0, socket.Send(bytes.Slice(sent, Math.Min(64 * 1024, bytes.Length - sent)), SocketFlags.None, out _));
        socket.Blocking = true;
        return sent;
    }

    /// <summary>Ends our side of the stream.</summary>
    public void EndSending() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Goes away with a reset instead of an end.</summary>
    public void Reset()
    {
        socket.LingerState = new(true, 0);
        Dispose();
    }

    /// <summary>Reads the head of an answer.</summary>
    public async Task<string> ReadHeadAsync()
    {
        int length;
        while ((length = block.AsSpan(start, end - start).IndexOf("\r\n\r\n"u8)) < 0)
            Assert.True(await HasAsync(end - start + 1), $"the connection ended within a head: {Encoding.Latin1.GetString(block, start, end - start)}");
        Head = Encoding.Latin1.GetString(block, start, length + 2);
        start += length + 4;
        return Head;
    }

    /// <summary>The value of a field of the answer; null when it has none.</summary>
    public string? Field(string name) =>
        Head.Split("\r\n").Skip(1).FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    /// <summary>Reads as much as is said, as it is.</summary>
    public async Task<string> ReadTextAsync(int length)
    {
        Assert.True(await HasAsync(length), "the connection ended within content");
        start += length;
        return Encoding.UTF8.GetString(block, start - length, length);
    }

    /// <summary>Drops everything until the end of the stream, whatever it is.</summary>
    public async Task ReadAwayAsync()
    {
        for (start = end = 0; await HasAsync(1); start = end = 0) { }
    }

    /// <summary>Everything until the end of the stream, a line each.</summary>
    public async Task<List<string>> ReceiveToEndAsync()
    {
        List<string> all = [];
        while (await ReceiveAsync() is { } one) all.Add(one);
        return all;
    }

    /// <summary>The next message or control frame as a line of <see cref="Back"/>; null at the end of the stream.</summary>
    public async ValueTask<string?> ReceiveAsync() =>
        await ReceiveMessageAsync() is not (var opcode, var payload) ? null : opcode == 8 ? CloseLine(payload) : Back.Message(opcode, payload.Span);

    /// <summary>The next message or control frame; null at the end of the stream. Its bytes are the caller's.</summary>
    public async ValueTask<(int Opcode, ReadOnlyMemory<byte> Payload)?> ReceiveMessageAsync()
    {
        while (await ReceiveFrameAsync() is (var first, var payload))
        {
            int opcode = first & 0x0F;
            if (opcode >= 8) return (opcode, payload); // also between fragments (§5.4)
            Assert.True(opcode == 0 == fragments is not null, "a message inside a message, or a continuation without one");
            if (opcode != 0) (kind, isCompressed) = (opcode, (first & Frames.Rsv1) != 0);
            if (fragments is null && (first & Frames.Fin) != 0) return (kind, Plain(payload));
            fragments ??= new();
            fragments.Write(payload.Span);
            if ((first & Frames.Fin) == 0) continue;
            ReadOnlyMemory<byte> joined = fragments.ToArray();
            fragments = null;
            return (kind, Plain(joined));
        }
        Assert.Null(fragments);
        return null;
    }

    ReadOnlyMemory<byte> Plain(ReadOnlyMemory<byte> payload)
    {
        if (isCompressed)
        {
            Compressed.Add([.. payload.Span, 0, 0, 0xFF, 0xFF]);
            payload = Inflater!.Inflate(Compressed[^1]);
        }
        Assert.True(kind != 1 || System.Text.Unicode.Utf8.IsValid(payload.Span), "a text that is not UTF-8");
        return payload;
    }

    /// <summary>One frame, judged as RFC 6455 §5 asks of a server.</summary>
    async ValueTask<(int First, ReadOnlyMemory<byte> Payload)?> ReceiveFrameAsync()
    {
        if (!await HasAsync(2))
        {
            Assert.Equal(start, end);
            return null;
        }
        (int first, int code) = (block[start], block[start + 1]);
        Assert.False(gotClose, "a frame after the close frame (§5.5.1)");
        Assert.True(code < 128, "a server masks nothing (§5.1)");
        Assert.True((first & (Inflater is not null && (first & 0x0F) is 1 or 2 ? Frames.Rsv2 | Frames.Rsv3 : 0x70)) == 0, "a reserved bit (§5.2)");
        Assert.True((first & 0x0F) is 0 or 1 or 2 or 8 or 9 or 10, "an opcode that is reserved (§5.2)");
        Assert.True((first & 8) == 0 || ((first & Frames.Fin) != 0 && code <= 125), "a control frame that is long or cut (§5.5)");
        int header = code switch { 126 => 4, 127 => 10, _ => 2 };
        Assert.True(await HasAsync(header), "the stream ended within a header");
        long length = code switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(block.AsSpan(start + 2)),
            127 => BinaryPrimitives.ReadInt64BigEndian(block.AsSpan(start + 2)),
            _ => code,
        };
        Assert.True(code < 126 || length > (code == 126 ? 125 : ushort.MaxValue), "a length in a longer form than it needs (§5.2)");
        Assert.True(await HasAsync(header + (int)length), "the stream ended within a frame");
        byte[] payload = block.AsSpan(start + header, (int)length).ToArray();
        start += header + payload.Length;
        gotClose = (first & 0x0F) == 8;
        return (first, payload);
    }

    static string CloseLine(ReadOnlyMemory<byte> payload)
    {
        if (payload.IsEmpty) return Back.CloseWithoutCode;
        Assert.True(payload.Length >= 2 && System.Text.Unicode.Utf8.IsValid(payload.Span[2..]), "half a code, or a reason that is not UTF-8 (§5.5.1)");
        int code = payload.Span[0] << 8 | payload.Span[1];
        Assert.True(code is >= 1000 and <= 1014 and not (1004 or 1005 or 1006) or >= 3000 and <= 4999, $"the code {code} must not be sent (§7.4)");
        return Back.Close(code);
    }

    /// <summary>Receives until so many bytes are unread.</summary>
    /// <returns>False when the stream ends before.</returns>
    async ValueTask<bool> HasAsync(int count)
    {
        if (end - start >= count) return true;
        if (block.Length - start < count)
        {
            byte[] target = block.Length >= count ? block : new byte[Math.Max(count, 2 * block.Length)];
            block.AsSpan(start, end - start).CopyTo(target);
            (block, start, end) = (target, 0, end - start);
        }
        while (end - start < count)
        {
            late.CancelAfter(Bounded.Patience);
            int received = await ReceiveAsync(block.AsMemory(end));
            if (received == 0) return false;
            end += received;
        }
        return true;
    }

    async ValueTask<int> ReceiveAsync(Memory<byte> into)
    {
        try
        {
            return await socket.ReceiveAsync(into, late.Token);
        }
        catch (OperationCanceledException)
        {
            throw new Xunit.Sdk.XunitException($"no byte came for {Bounded.Patience.TotalSeconds:0} s, and {end - start} are unread");
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        late.Dispose();
    }
}
