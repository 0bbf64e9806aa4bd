using System.Text;
using RawWebSocket.Wire;

namespace RawWebSocket.Tests.Wire;

/// <summary>A large payload received straight into its message says what it says when it comes as input.</summary>
public sealed class WsReaderRoomTests
{
    static byte[] Frame(byte first, byte[] payload)
    {
        byte[] frame = new byte[WsWriter.ForClient(new FixedKey()).SizeOf(payload.Length)];
        WsWriter.ForClient(new FixedKey()).Write(frame, (Opcode)(first & 15), payload);
        frame[0] = first;
        return frame;
    }

    sealed class FixedKey : IMaskKeys
    {
        public uint NextKey() => 0x3D21FA37;
    }

    static byte[] Ascii(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)('a' + i % 26))];

    public static TheoryData<string, byte[]> Streams => new()
    {
        { "one large binary message", Frame(0x82, Ascii(100_000)) },
        { "large text", Frame(0x81, Ascii(70_001)) },
        { "characters that are cut anywhere", Frame(0x81, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a€𝄞", 5_000)))) },
        { "a large one between small ones", Bytes.Join(Frame(0x81, Ascii(3)), Frame(0x82, Ascii(9_000)), Frame(0x81, Ascii(4))) },
        { "large fragments with a ping between", Bytes.Join(Frame(0x02, Ascii(9_000)), Frame(0x89, Ascii(5)), Frame(0x80, Ascii(12_345))) },
        { "text that is none, early", Frame(0x81, [.. Ascii(5_000), 0xFF, .. Ascii(20_000)]) },
        { "text that is none, at its end", Frame(0x81, [.. Ascii(20_000), 0xE2, 0x82]) },
        { "a frame that is never whole", Frame(0x82, Ascii(60_000))[..40_000] },
        { "a close behind it", Bytes.Join(Frame(0x82, Ascii(6_000)), Frame(0x88, [0x03, 0xE8])) },
        { "too big a message", Bytes.Join(Frame(0x02, Ascii(60_000)), Frame(0x80, Ascii(60_000))) },
    };

    static readonly WsLimits Limits = new() { MaxMessageBytes = 110_000 };

    [Theory, MemberData(nameof(Streams))]
    public void What_is_received_in_place_says_the_same(string why, byte[] input)
    {
        string expected = Run(input, new Random(0), inPlace: false, out _);
        int inPlace = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            string found = Run(input, new Random(seed), inPlace: true, out int taken);
            Assert.True(expected == found, $"{why}, seed {seed}");
            inPlace += taken;
        }
        Assert.True(inPlace > 0, $"{why}: nothing was received in place");
    }

    static string Run(byte[] input, Random random, bool inPlace, out int taken)
    {
        using WsReader reader = new(WsRole.Server, Limits);
        List<string> log = [];
        byte[] unread = [];
        taken = 0;
        for (int at = 0; at < input.Length;)
        {
            int most = Math.Min(input.Length - at, random.Next(1, 8_000));
            Memory<byte> room = inPlace && unread.Length == 0 ? reader.Room : default;
            WsEvent next;
            if (!room.IsEmpty)
            {
                most = Math.Min(most, room.Length);
                input.AsSpan(at, most).CopyTo(room.Span);
                taken += most;
                next = reader.Take(most);
            }
            else
            {
                unread = [.. unread, .. input.AsSpan(at, most)];
                next = reader.Next(unread);
            }
            at += most;
            while (next.Kind != WsEventKind.NeedMore)
            {
                log.Add(ReaderRun.Describe(next));
                unread = unread[next.Consumed..];
                next = reader.Next(unread);
            }
            unread = unread[next.Consumed..];
        }
        return string.Join("; ", log);
    }

    [Fact]
    public void There_is_no_room_where_the_input_is_the_way()
    {
        using WsReader reader = new(WsRole.Server, WsLimits.Default);
        Assert.True(reader.Room.IsEmpty, "between frames");
        byte[] small = Frame(0x82, Ascii(4_000));
        reader.Next(small.AsMemory(0, 100));
        Assert.True(reader.Room.IsEmpty, "for a small frame");

        using WsReader pieces = new(WsRole.Server, WsLimits.Default, inPieces: true);
        pieces.Next(Frame(0x82, Ascii(50_000)).AsMemory(0, 100));
        Assert.True(pieces.Room.IsEmpty, "in pieces");

        using WsReader over = new(WsRole.Server, WsLimits.Default);
        over.Next(Frame(0x82, Ascii(50_000)).AsMemory(0, 100));
        Assert.False(over.Room.IsEmpty);
        over.Dispose();
        Assert.True(over.Room.IsEmpty, "after the end");
    }

    [Fact]
    public void A_claim_alone_gets_no_room_beyond_four_times_what_came()
    {
        using WsReader reader = new(WsRole.Server, WsLimits.Default);
        byte[] frame = Frame(0x82, Ascii(1 << 20));
        int came = 14;
        reader.Next(frame.AsMemory(0, came));
        while (came < frame.Length - 5_000)
        {
            Memory<byte> room = reader.Room;
            Assert.True(reader.HeldBytes <= Math.Max(4_096, 4 * came), $"{reader.HeldBytes} held for {came}");
            came += room.Length;
            reader.Take(room.Length);
        }
    }
}
