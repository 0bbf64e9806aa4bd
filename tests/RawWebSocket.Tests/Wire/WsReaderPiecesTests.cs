using System.Text;
using RawWebSocket.Deflate;
using RawWebSocket.Wire;
using Testing;

namespace RawWebSocket.Tests.Wire;

/// <summary><see cref="WsReader"/> when it is asked for pieces: joined, they are what it says of whole messages.</summary>
public sealed class WsReaderPiecesTests
{
    static readonly DeflateParameters Keeping = new(false, false, 15, 15);

    /// <summary>What the reader says with the pieces of each message joined, at every split.</summary>
    static string Joined(byte[] input, WsRole us, WsLimits? limits = null, DeflateParameters? compression = null) => AllSplits.Outcome(input, () =>
    {
        var log = new Log(new WsReader(us, limits ?? WsLimits.Default, compression?.InflaterOf(us), inPieces: true));
        return ((unread, _) => log.Turn(unread), () => string.Join("; ", log.Said));
    });

    [Theory, MemberData(nameof(WsReaderTests.Examples), MemberType = typeof(WsReaderTests))]
    public void Pieces_join_to_the_messages_of_the_examples(string rule, WsRole us, string hex, string expected)
    {
        string said = Joined(Bytes.Of(hex), us);
        Assert.True(expected == said, $"{rule}: {said}");
    }

    [Theory, MemberData(nameof(WsReaderTests.Broken), MemberType = typeof(WsReaderTests))]
    public void The_same_rules_are_named(string rule, string hex, WsFault expected)
    {
        string said = Joined(Bytes.Of(hex), WsRole.Client, new() { MaxMessageBytes = 1 << 20, MaxMessageBytesInPieces = 8, MaxFragments = 4 });
        Assert.True(said.EndsWith($"Fault {expected}", StringComparison.Ordinal), $"{rule}: {said}");
    }

    [Theory, MemberData(nameof(DeflatedMessageTests.Examples), MemberType = typeof(DeflatedMessageTests))]
    public void Compressed_pieces_join_too(string rule, string hex, string expected)
    {
        string said = Joined(Bytes.Of(hex), WsRole.Client, compression: Keeping);
        Assert.True(expected == said, $"{rule}: {said}");
    }

    [Theory]
    [InlineData("10.4 at the limit", 5, "C1 07 F248CDC9C90700", "Text 'Hello'")]
    [InlineData("10.4 one byte more", 4, "C1 07 F248CDC9C90700", "Fault MessageTooBig")]
    [InlineData("10.4 in fragments", 4, "41 03 F248CD 80 04 C9C90700", "Fault MessageTooBig")]
    [InlineData("10.4 no room at all", 0, "C1 01 00", "Text ''")]
    [InlineData("10.4 more bytes than any way to compress needs", 5, "C1 7D", "Fault MessageTooBig")]
    public void The_limit_is_that_of_the_inflated_message(string rule, int limit, string hex, string expected)
    {
        string said = Joined(Bytes.Of(hex), WsRole.Client, new() { MaxMessageBytesInPieces = limit }, Keeping);
        Assert.True(expected == said, $"{rule}: {said}");
    }

    [Fact]
    public void Unless_it_is_set_the_limit_is_that_of_whole_messages() =>
        Assert.Equal("Fault MessageTooBig", Joined(Bytes.Of("82 09"), WsRole.Client, new() { MaxMessageBytes = 8 }));

    [Fact]
    public void A_piece_is_told_as_soon_as_it_is_there_and_the_last_one_says_so()
    {
        using var reader = new WsReader(WsRole.Client, WsLimits.Default, inPieces: true);
        WsEvent first = reader.Next(Bytes.Of("01 04 E282")), second = reader.Next(Bytes.Of("AC41")), ping = reader.Next(Bytes.Of("89 00")), last = reader.Next(Bytes.Of("80 00"));
        Assert.Equal(("E282", true, 4), (Convert.ToHexString(first.Payload.Span), first.HasMore, first.Consumed)); // cut inside of a character
        Assert.Equal(("AC41", true, 2), (Convert.ToHexString(second.Payload.Span), second.HasMore, second.Consumed));
        Assert.Equal(WsEventKind.Ping, ping.Kind);
        Assert.Equal((WsEventKind.Text, 0, false), (last.Kind, last.Payload.Length, last.HasMore));
        Assert.Equal(0, reader.HeldBytes);
    }

    [Fact]
    public void RFC_6455_8_1_an_invalid_byte_fails_at_once_in_the_middle_of_a_message()
    {
        using var reader = new WsReader(WsRole.Client, WsLimits.Default, inPieces: true);
        Assert.True(reader.Next(Bytes.Of("01 7E1000 41 42")).HasMore);
        Assert.Equal(WsFault.TextNotUtf8, reader.Next(Bytes.Of("43 FF")).Fault);
    }

    // More than one piece of what inflates, from one read.

    static byte[] Text(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (byte)"etaoin shrdlu{}\":,0123"[random.Next(22)])];
    }

    static byte[] Frame(MessageDeflater deflater, byte[] message)
    {
        byte[] deflated = new byte[MessageDeflater.MaxLength(message.Length)];
        byte[] frame = Bytes.FrameFor(WsRole.Server, Opcode.Text, deflated[..deflater.Deflate(message, deflated)]);
        frame[0] |= 0x40;
        return frame;
    }

    [Theory]
    [InlineData(8, false, 70_000)]
    [InlineData(8, true, 999)]
    [InlineData(15, false, 999)]
    [InlineData(15, true, 70_000)]
    [InlineData(15, true, 1)]
    public void Large_compressed_messages_come_in_pieces_whatever_they_refer_to(int windowBits, bool forgets, int atOnce)
    {
        var agreed = new DeflateParameters(forgets, forgets, windowBits, windowBits);
        using MessageDeflater deflater = agreed.DeflaterOf(WsRole.Client, DeflateLevel.Small);
        byte[][] messages = [Text(300_000, 1), [.. Text(300_000, 1)[^30_000..], .. Text(100_000, 2)], new byte[400_000], "short"u8.ToArray()];
        byte[] input = Bytes.Join([.. messages.Select(message => Frame(deflater, message))]);

        var log = new Log(new WsReader(WsRole.Server, new() { MaxMessageBytes = 1, MaxMessageBytesInPieces = 400_000 }, agreed.InflaterOf(WsRole.Server), inPieces: true));
        int spent = 0, most = 0;
        for (int arrived = 0; arrived < input.Length;)
        {
            arrived = Math.Min(input.Length, arrived + atOnce);
            spent += log.TurnAll(input.AsSpan(spent..arrived));
            most = Math.Max(most, log.Reader.HeldBytes);
        }
        Assert.Equal(messages.Select(message => $"Text '{Encoding.UTF8.GetString(message)}'"), log.Said);
        Assert.True(log.LargestPiece <= 16 * 1024, $"a piece has {log.LargestPiece} bytes");
        Assert.True(most <= 128 * 1024, $"{most} bytes were held"); // tables, window and a piece, whatever the message's length
        Assert.True(!forgets || log.Reader.HeldBytes == 0, $"{log.Reader.HeldBytes} bytes are held behind the last message");
    }

    [Theory]
    [InlineData("10.4 the limit, before a byte more is handed on", 100_000L, 2_000, WsFault.MessageTooBig, 100_000)]
    [InlineData("10.4 the ratio", 1L << 40, 256, WsFault.InflatesTooFar, 1 << 21)]
    public void What_inflates_without_end_is_stopped_on_the_way(string rule, long limit, int ratio, WsFault expected, int mostHandedOn)
    {
        using MessageDeflater deflater = Keeping.DeflaterOf(WsRole.Client, DeflateLevel.Small);
        byte[] input = Frame(deflater, new byte[32 << 20]);
        var log = new Log(new WsReader(WsRole.Server, new() { MaxMessageBytesInPieces = limit, MaxInflateRatio = ratio }, Keeping.InflaterOf(WsRole.Server), inPieces: true));
        log.TurnAll(input);
        Assert.Equal((rule, $"Fault {expected}"), (rule, Assert.Single(log.Said)));
        Assert.InRange(log.HandedOn, 1, mostHandedOn);
    }

    /// <summary>Joins the pieces of each message and writes down what the reader said.</summary>
    sealed class Log(WsReader reader)
    {
        readonly List<byte> message = [];

        public WsReader Reader => reader;
        public List<string> Said { get; } = [];
        public int LargestPiece { get; private set; }
        public long HandedOn { get; private set; }

        public int Turn(ReadOnlySpan<byte> unread) => Turn(unread, out _);

        /// <summary>As a connection does it: until the reader asks for more.</summary>
        public int TurnAll(ReadOnlySpan<byte> unread)
        {
            int spent = 0;
            bool needsMore = false;
            while (!needsMore) spent += Turn(unread[spent..], out needsMore);
            return spent;
        }

        int Turn(ReadOnlySpan<byte> unread, out bool needsMore)
        {
            byte[] writable = unread.ToArray();
            WsEvent found = reader.Next(writable);
            Assert.True(unread[found.Consumed..].SequenceEqual(writable.AsSpan(found.Consumed)), "bytes that are not spent were changed");
            needsMore = found.Kind == WsEventKind.NeedMore;
            if (needsMore) return found.Consumed;
            if (found.Kind is WsEventKind.Text or WsEventKind.Binary)
            {
                LargestPiece = Math.Max(LargestPiece, found.Payload.Length);
                HandedOn += found.Payload.Length;
                message.AddRange(found.Payload.Span);
                if (found.HasMore) return found.Consumed;
                found = found with { Payload = message.ToArray() };
                message.Clear();
            }
            Said.Add(ReaderRun.Describe(found));
            return found.Consumed;
        }
    }
}
