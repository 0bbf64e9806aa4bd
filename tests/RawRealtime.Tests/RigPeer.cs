using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using RawWebSocket.Wire;
using Testing;

namespace RawRealtime.Tests;

/// <summary>One client of a <see cref="ServerRig"/>: it sends bytes and reads answers, event streams and frames as a client would.</summary>
internal sealed class RigPeer
{
    /// <summary>The fields of a WebSocket's opening.</summary>
    public const string Opening = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly List<byte> unread = [];

    public ScriptedChannel Channel { get; } = new();

    /// <summary>Ends when the server is done with the connection.</summary>
    public Task Running { get; set; } = Task.CompletedTask;

    public RigPeer Send(string text)
    {
        Channel.Arrive(text);
        return this;
    }

    public RigPeer Get(string target, string fields = "") => Send(ServerRig.Request("GET", target, fields));

    /// <summary>Opens a WebSocket and gives the head of the 101 answer.</summary>
    public string Open(string target, string fields = "")
    {
        Get(target, Opening + fields);
        return TakeHead();
    }

    /// <summary>Opens a WebSocket with our subprotocol, and gives its first frame.</summary>
    public string OpenV1(string target)
    {
        Assert.Contains("\r\nSec-WebSocket-Protocol: rawrealtime.v1\r\n", Open(target, "Sec-WebSocket-Protocol: rawrealtime.v1\r\n"));
        return Assert.Single(Frames());
    }

    /// <summary>Sends one text message.</summary>
    public RigPeer Say(string text) => Frame(Opcode.Text, Encoding.UTF8.GetBytes(text));

    /// <summary>Sends one text message and gives the frames that came in answer.</summary>
    public string[] Ask(string text) => Say(text).Frames();

    public RigPeer Frame(Opcode opcode, params byte[] payload)
    {
        WsWriter writer = WsWriter.ForClient(new RandomMaskKeys());
        byte[] frame = new byte[writer.SizeOf(payload.Length)];
        writer.Write(frame, opcode, payload);
        Channel.Arrive(frame);
        return this;
    }

    /// <summary>All that came and was not taken yet.</summary>
    public string Take()
    {
        string all = Encoding.UTF8.GetString([.. Unread()]);
        unread.Clear();
        return all;
    }

    /// <summary>One answer's head, up to and with its empty line.</summary>
    public string TakeHead()
    {
        string all = Encoding.Latin1.GetString([.. Unread()]);
        int end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        Assert.True(end > 3, $"no head: {all}");
        unread.RemoveRange(0, end);
        return all[..end];
    }

    /// <summary>The content of the chunks that came, and <c>&lt;end&gt;</c> for the last one.</summary>
    public string Events() => string.Concat(Chunks().Select(chunk => chunk.Length == 0 ? "<end>" : Encoding.UTF8.GetString(chunk)));

    /// <summary>The content of each chunk that came; an empty one is the last.</summary>
    public List<byte[]> Chunks()
    {
        List<byte[]> chunks = [];
        Unread();
        while (unread.Count > 0)
        {
            int line = unread.IndexOf((byte)'\n') + 1;
            int size = int.Parse(Encoding.ASCII.GetString([.. unread[..(line - 2)]]), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            chunks.Add([.. unread[line..(line + size)]]);
            unread.RemoveRange(0, line + size + 2);
        }
        return chunks;
    }

    /// <summary>The frames that came: <c>text hello</c>, <c>binary 00FF</c>, <c>close 1001 the reason</c>, <c>ping</c>.</summary>
    public string[] Frames()
    {
        List<string> frames = [];
        Unread();
        while (unread.Count > 0)
        {
            Assert.Equal(RawHttp.Wire.ReadStatus.Done, FrameHeader.Read(unread.ToArray(), out FrameHeader header, out int size));
            byte[] payload = [.. unread[size..(size + (int)header.PayloadLength)]];
            unread.RemoveRange(0, size + payload.Length);
            frames.Add(Told(header.Opcode, payload));
        }
        return [.. frames];
    }

    /// <summary>The answer that another thread gives, once all of <paramref name="end"/> has come.</summary>
    public async Task<string> Until(string end)
    {
        while (true)
        {
            long before = Channel.SentTotal; // read first, so that bytes sent after the look end the wait
            if (Encoding.UTF8.GetString([.. Unread()]).EndsWith(end, StringComparison.Ordinal)) return Take();
            await Channel.WhenSent(before + 1).WaitAsync(Patience);
        }
    }

    /// <summary>Ends when the server has ended the connection.</summary>
    public async Task Ended()
    {
        Channel.ArriveEnd();
        await Running.WaitAsync(Patience);
    }

    static string Told(Opcode opcode, byte[] payload) => opcode switch
    {
        Opcode.Text => "text " + Encoding.UTF8.GetString(payload),
        Opcode.Binary => "binary " + Convert.ToHexString(payload),
        Opcode.Close => $"close {BinaryPrimitives.ReadUInt16BigEndian(payload)} {Encoding.UTF8.GetString(payload.AsSpan(2))}",
        _ => $"{opcode}".ToLowerInvariant(),
    };

    List<byte> Unread()
    {
        unread.AddRange(Channel.TakeSent());
        return unread;
    }
}
