using System.Text;
using RawWebSocket.Deflate;
using RawWebSocket.Wire;

namespace RawWebSocket.Tests.Wire;

/// <summary>Compressed messages through <see cref="WsReader"/>. RFC 7692 §6 and §7.2.</summary>
public sealed class DeflatedMessageTests
{
    static readonly DeflateParameters Keeping = new(false, false, 15, 15), Forgetting = new(true, true, 15, 15);

    public static TheoryData<string, string, string> Examples => new()
    {
        // RFC 7692                              bytes of a server (hex)                                said
        { "7.2.3.1 one block",                   "C1 07 F248CDC9C90700",                                "Text 'Hello'" },
        { "7.2.3.1 in fragments",                "41 03 F248CD 80 04 C9C90700",                         "Text 'Hello'" },
        { "7.2.3.1 a ping in between",           "41 03 F248CD 89 00 80 04 C9C90700",                   "Ping ''; Text 'Hello'" },
        { "7.2.3.2 the window is shared",        "C1 07 F248CDC9C90700 C1 05 F200110000",               "Text 'Hello'; Text 'Hello'" },
        { "7.2.3.3 a block without compression", "C1 0B 000500FAFF48656C6C6F00",                        "Text 'Hello'" },
        { "7.2.3.4 a last block",                "C1 08 F348CDC9C9070000",                              "Text 'Hello'" },
        { "7.2.3.5 two blocks",                  "C1 0D F24805000000FFFFCAC9C90700",                    "Text 'Hello'" },
        { "7.2.3.6 an empty message",            "C1 01 00",                                            "Text ''" },
        { "6 messages without compression",      "81 01 41 C1 07 F248CDC9C90700 82 01 FF",              "Text 'A'; Text 'Hello'; Binary FF" },
        { "6.1 empty fragments",                 "41 00 00 07 F248CDC9C90700 80 00",                    "Text 'Hello'" },
        { "6.1 RSV1 on a continuation",          "41 03 F248CD C0 04 C9C90700",                         "Fault ReservedBitSet" },
        { "6.1 RSV1 on a ping",                  "C9 00",                                               "Fault ReservedBitSet" },
        { "5.2 RSV2",                            "A1 01 41",                                            "Fault ReservedBitSet" },
        { "6.2 what is compressed must be",      "C1 05 48656C6C6F",                                    "Fault BadDeflateData" },
        { "6.2 inside of a block",               "C1 03 F248CD",                                        "Fault BadDeflateData" },
        { "6.2 inside of a stored block",        "C1 06 000500FAFF48",                                  "Fault BadDeflateData" },
        { "1951 3.2.3 reserved type",            "C1 01 06",                                            "Fault BadDeflateData" },
        { "1951 3.2.5 before the first byte",    "C1 05 F200110000",                                    "Fault BadDeflateData" },
        { "6455 8.1 not UTF-8",                  "C1 08 000200FDFFC0AF00",                              "Fault TextNotUtf8" },
        { "6455 8.1 at once",                    "41 07 000200FDFFC0AF",                                "Fault TextNotUtf8" },
        { "6455 8.1 cut short",                  "C1 07 000100FEFFE200",                                "Fault TextNotUtf8" },
        { "6455 8.1 before what is no DEFLATE",  "C1 08 000200FDFFC0AF06",                              "Fault TextNotUtf8" },
        { "6455 8.1 binary may be anything",     "C2 08 000200FDFFC0AF00",                              "Binary C0AF" },
    };

    [Theory, MemberData(nameof(Examples))]
    public void What_a_server_compresses_is_read_at_every_split(string rule, string hex, string expected)
    {
        string said = ReaderRun.Of(Bytes.Of(hex), WsRole.Client, compression: Keeping);
        Assert.True(expected == said, $"{rule}: {said}");
    }

    [Fact]
    public void A_clients_frames_are_unmasked_first()
    {
        byte[] frame = Bytes.FrameFor(WsRole.Server, Opcode.Text, Bytes.Of("F248CDC9C90700"));
        frame[0] |= 0x40;
        Assert.Equal("Text 'Hello'", ReaderRun.Of(frame, WsRole.Server, compression: Keeping));
    }

    [Fact]
    public void RFC_7692_7_1_1_without_context_nothing_is_there_to_refer_to() =>
        Assert.Equal("Text 'Hello'; Fault BadDeflateData", ReaderRun.Of(Bytes.Of("C1 07 F248CDC9C90700 C1 05 F200110000"), WsRole.Client, compression: Forgetting));

    [Fact]
    public void Without_an_agreement_RSV1_means_nothing() =>
        Assert.Equal("Fault ReservedBitSet", ReaderRun.Of(Bytes.Of("C1 07 F248CDC9C90700"), WsRole.Client));

    [Theory]
    [InlineData("10.4 at the limit", 5, "C1 07 F248CDC9C90700", "Text 'Hello'")]
    [InlineData("10.4 one byte more", 4, "C1 07 F248CDC9C90700", "Fault MessageTooBig")]
    [InlineData("10.4 in fragments", 4, "41 03 F248CD 80 04 C9C90700", "Fault MessageTooBig")]
    [InlineData("10.4 no room at all", 0, "C1 01 00", "Text ''")]
    [InlineData("10.4 stored, at the limit", 5, "C1 0B 000500FAFF48656C6C6F00", "Text 'Hello'")]
    [InlineData("10.4 stored, one byte more", 4, "C1 0B 000500FAFF48656C6C6F00", "Fault MessageTooBig")]
    [InlineData("10.4 more bytes than any way to compress needs", 5, "C1 7D", "Fault MessageTooBig")]
    public void The_limit_is_that_of_the_inflated_message(string rule, int limit, string hex, string expected)
    {
        string said = ReaderRun.Of(Bytes.Of(hex), WsRole.Client, new() { MaxMessageBytes = limit }, Keeping);
        Assert.True(expected == said, $"{rule}: {said}");
    }

    static string Inflate(byte[] message, WsLimits limits)
    {
        byte[] deflated = new byte[MessageDeflater.MaxLength(message.Length)];
        using MessageDeflater deflater = Forgetting.DeflaterOf(WsRole.Server, DeflateLevel.Small);
        byte[] frame = Bytes.FrameFor(WsRole.Client, Opcode.Binary, deflated[..deflater.Deflate(message, deflated)]);
        frame[0] |= 0x40;
        using WsReader reader = new(WsRole.Client, limits, Forgetting.InflaterOf(WsRole.Client));
        WsEvent found = reader.Next(frame);
        return found.Kind == WsEventKind.Fault ? $"{found.Fault}" : $"{found.Kind} {found.Payload.Length}";
    }

    [Theory]
    [InlineData("up to a megabyte anything goes", 1 << 20, 256, "Binary 1048576")]
    [InlineData("beyond, not more than the ratio", 8 << 20, 256, "InflatesTooFar")]
    [InlineData("as much as the ratio", 8 << 20, 1_032, "Binary 8388608")]
    public void A_message_does_not_inflate_without_end(string rule, int length, int ratio, string expected)
    {
        string said = Inflate(new byte[length], new() { MaxMessageBytes = 16 << 20, MaxInflateRatio = ratio });
        Assert.True(expected == said, $"{rule}: {said}");
    }

    [Fact]
    public void What_can_not_be_compressed_comes_through_at_the_limit()
    {
        byte[] noise = new byte[100_000];
        new Random(7).NextBytes(noise);
        Assert.Equal("Binary 100000", Inflate(noise, new() { MaxMessageBytes = noise.Length }));
    }

    [Fact]
    public void Between_messages_nothing_is_held_unless_context_is()
    {
        foreach (DeflateParameters agreed in (DeflateParameters[])[Forgetting, new(false, false, 8, 8)])
        {
            using WsReader reader = new(WsRole.Client, WsLimits.Default, agreed.InflaterOf(WsRole.Client));
            byte[] frame = Bytes.Of("C1 07 F248CDC9C90700");
            Assert.Equal("Hello", Encoding.ASCII.GetString(reader.Next(frame).Payload.Span));
            reader.Next(Memory<byte>.Empty);
            Assert.True(reader.HeldBytes <= (agreed.ServerNoContextTakeover ? 0 : 256), $"{reader.HeldBytes} bytes are held");
        }
    }
}
