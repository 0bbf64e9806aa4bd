using System.Text;
using RawWebSocket.Wire;

namespace RawWebSocket.Tests.Wire;

public sealed class WsReaderTests
{
    public static TheoryData<string, WsRole, string, string> Examples => new()
    {
        // RFC 6455                           we are          bytes (hex)                                   said
        { "5.7 single-frame unmasked text",   WsRole.Client,  "81 05 48656C6C6F",                            "Text 'Hello'" },
        { "5.7 single-frame masked text",     WsRole.Server,  "81 85 37FA213D 7F9F4D5158",                   "Text 'Hello'" },
        { "5.7 fragmented unmasked text",     WsRole.Client,  "01 03 48656C 80 02 6C6F",                     "Text 'Hello'" },
        { "5.7 unmasked ping",                WsRole.Client,  "89 05 48656C6C6F",                            "Ping 'Hello'" },
        { "5.7 masked pong",                  WsRole.Server,  "8A 85 37FA213D 7F9F4D5158",                   "Pong 'Hello'" },
        { "5.4 ping between fragments",       WsRole.Client,  "01 01 41 89 01 42 80 01 43",                  "Ping 'B'; Text 'AC'" },
        { "5.4 pongs between empty ones",     WsRole.Client,  "02 00 8A 00 00 00 8A 01 41 80 01 43",         "Pong ''; Pong 'A'; Binary 43" },
        { "5.4 empty fragments only",         WsRole.Client,  "01 00 00 00 80 00",                           "Text ''" },
        { "5.4 several messages",             WsRole.Client,  "81 01 41 82 01 FF 81 00 01 01 42 80 00",      "Text 'A'; Binary FF; Text ''; Text 'B'" },
        { "5.5.1 close with nothing",         WsRole.Client,  "88 00",                                       "Close 1005 ''" },
        { "5.5.1 close with code and reason", WsRole.Client,  "88 05 03E8 627965",                           "Close 1000 'bye'" },
        { "5.5.1 close between fragments",    WsRole.Client,  "01 01 41 88 02 03E9",                         "Close 1001 ''" },
        { "1.4 data after close are dropped", WsRole.Client,  "88 02 03E8 81 01 41 FF FF",                   "Close 1000 ''" },
        { "8.1 a character over fragments",   WsRole.Client,  "01 01 E2 00 00 00 01 82 80 01 AC",            "Text '€'" },
        { "8.1 binary may be anything",       WsRole.Client,  "82 02 C0AF",                                  "Binary C0AF" },
    };

    [Theory, MemberData(nameof(Examples))]
    public void What_a_peer_sends_is_read_at_every_split(string rule, WsRole us, string hex, string expected) =>
        Assert.True(expected == ReaderRun.Of(Bytes.Of(hex), us), $"{rule}: {ReaderRun.Of(Bytes.Of(hex), us)}");

    [Theory]
    [InlineData(256, "5.7 256 bytes binary message in a single unmasked frame", "827E0100")]
    [InlineData(65536, "5.7 64KiB binary message in a single unmasked frame", "827F0000000000010000")]
    public void The_larger_examples_of_5_7_are_read(int length, string rule, string header)
    {
        byte[] payload = new byte[length];
        new Random(length).NextBytes(payload);
        var reader = new WsReader(WsRole.Client, WsLimits.Default);
        byte[] frame = Bytes.Join(Bytes.Of(header), payload);
        WsEvent found = reader.Next(frame);
        Assert.True((WsEventKind.Binary, frame.Length) == (found.Kind, found.Consumed), rule);
        Assert.Equal(payload, found.Payload.ToArray());
    }

    public static TheoryData<string, string, WsFault> Broken => new()
    {
        // RFC 6455                         bytes to a client (hex)                named as
        { "5.1 server does not mask",       "81 81 00000000 41",                   WsFault.Masked },
        { "5.2 RSV1 without an extension",  "C1 01 41",                            WsFault.ReservedBitSet },
        { "5.2 RSV3 on the second frame",   "01 01 41 90 01 42",                   WsFault.ReservedBitSet },
        { "5.2 opcode 3",                   "83 00",                               WsFault.UnknownOpcode },
        { "5.2 64th bit",                   "82 7F 8000000000000000",              WsFault.LengthOver63Bits },
        { "5.2 not minimal",                "82 7E 0001 41",                       WsFault.LengthNotMinimal },
        { "5.4 nothing to continue",        "80 00",                               WsFault.NothingToContinue },
        { "5.4 after a whole message",      "81 01 41 80 01 42",                   WsFault.NothingToContinue },
        { "5.4 after a joined message",     "01 01 41 80 01 42 00 00",             WsFault.NothingToContinue },
        { "5.4 message inside a message",   "01 01 41 81 01 42",                   WsFault.MessageInsideMessage },
        { "5.4 inside an empty one",        "01 00 02 00",                         WsFault.MessageInsideMessage },
        { "5.5 ping in fragments",          "09 00 80 00",                         WsFault.FragmentedControl },
        { "5.5 ping of 126",                "89 7E 007E",                          WsFault.ControlTooLong },
        { "5.5.1 one byte",                 "88 01 03",                            WsFault.CloseCodeCutShort },
        { "7.4.1 code 1006",                "88 02 03EE",                          WsFault.CloseCodeNotAllowed },
        { "5.5.1 reason not UTF-8",         "88 04 03E8 C0AF",                     WsFault.CloseReasonNotUtf8 },
        { "8.1 overlong",                   "81 02 C0AF",                          WsFault.TextNotUtf8 },
        { "8.1 ends inside a character",    "81 02 E282",                          WsFault.TextNotUtf8 },
        { "8.1 in the second fragment",     "01 01 41 00 01 FF",                   WsFault.TextNotUtf8 },
        { "8.1 cut off by the last one",    "01 01 E2 80 00",                      WsFault.TextNotUtf8 },
        { "10.4 nine bytes in one",         "82 09",                               WsFault.MessageTooBig },
        { "10.4 nine bytes in two",         "02 05 4142434445 00 04",              WsFault.MessageTooBig },
        { "10.4 2^63 - 1 bytes",            "82 7F 7FFFFFFFFFFFFFFF",              WsFault.MessageTooBig },
        { "10.4 five fragments",            "02 01 41 00 01 41 00 01 41 00 01 41 80 01 41", WsFault.TooManyFragments },
        { "10.4 five empty fragments",      "02 00 00 00 00 00 00 00 80 00",       WsFault.TooManyFragments },
    };

    [Theory, MemberData(nameof(Broken))]
    public void A_client_names_the_rule_a_server_breaks(string rule, string hex, WsFault expected)
    {
        string said = ReaderRun.Of(Bytes.Of(hex), WsRole.Client, new() { MaxMessageBytes = 8, MaxFragments = 4 });
        Assert.True(said.EndsWith($"Fault {expected}", StringComparison.Ordinal), $"{rule}: {said}");
    }

    [Fact]
    public void A_server_refuses_what_is_not_masked() =>
        Assert.Equal($"Fault {WsFault.NotMasked}", ReaderRun.Of(Bytes.Of("81 01 41")));

    [Fact]
    public void Nothing_is_said_after_a_fault() =>
        Assert.Equal($"Text 'A'; Fault {WsFault.UnknownOpcode}", ReaderRun.Of(Bytes.Of("81 01 41 83 00 81 01 41"), WsRole.Client));

    [Fact]
    public void Limits_are_inclusive()
    {
        var limits = new WsLimits { MaxMessageBytes = 8, MaxFragments = 4 };
        Assert.Equal("Binary 4141414141414141", ReaderRun.Of(Bytes.Of("02 02 4141 00 02 4141 00 02 4141 80 02 4141"), WsRole.Client, limits));
        Assert.Equal("Text ''", ReaderRun.Of(Bytes.Of("81 00"), WsRole.Client, new() { MaxMessageBytes = 0, MaxFragments = 1 }));
    }

    [Fact]
    public void An_impossible_byte_fails_a_text_while_most_of_it_has_not_come()
    {
        var reader = new WsReader(WsRole.Client, WsLimits.Default);
        WsEvent begun = reader.Next(Bytes.Of("01 7F 0000000000080000 414243"));
        Assert.Equal((WsEventKind.NeedMore, 13), (begun.Kind, begun.Consumed));
        Assert.Equal(WsFault.TextNotUtf8, reader.Next(Bytes.Of("44 45 FF")).Fault);
        Assert.True(reader.IsOver);
    }

    [Fact]
    public void A_message_that_lies_whole_in_the_input_is_passed_on_without_a_copy()
    {
        byte[] input = Bytes.FrameFor(WsRole.Server, Opcode.Text, "Hello"u8.ToArray());
        var reader = new WsReader(WsRole.Server, WsLimits.Default);
        WsEvent found = reader.Next(input);
        Assert.True(found.Payload.Span.Overlaps(input));
        Assert.Equal(0, reader.HeldBytes);
    }

    [Fact]
    public void A_claimed_gigabyte_costs_nothing_until_it_comes()
    {
        using var reader = new WsReader(WsRole.Client, new() { MaxMessageBytes = int.MaxValue });
        reader.Next(Bytes.Of("82 7F 0000000040000000"));
        Assert.Equal(0, reader.HeldBytes);
        reader.Next(new byte[10]);
        Assert.True(reader.HeldBytes is > 0 and <= 8192, $"{reader.HeldBytes}");
    }

    [Fact]
    public void The_block_of_a_joined_message_is_given_back_at_the_next_call()
    {
        using var reader = new WsReader(WsRole.Client, WsLimits.Default);
        reader.Next(Bytes.Of("82 05 4142"));
        Assert.Equal(WsEventKind.Binary, reader.Next(Bytes.Of("434445")).Kind);
        Assert.True(reader.HeldBytes > 0);
        Assert.Equal(WsEventKind.NeedMore, reader.Next(default).Kind);
        Assert.Equal(0, reader.HeldBytes);
    }

    [Fact]
    public void The_default_limit_of_fragments_counts_empty_ones()
    {
        var reader = new WsReader(WsRole.Client, WsLimits.Default);
        byte[] continuations = new byte[2 * 131_072]; // 00 00: empty, not final
        Assert.Equal(WsEventKind.NeedMore, reader.Next(Bytes.Of("02 00")).Kind);
        Assert.Equal(WsEventKind.NeedMore, reader.Next(continuations.AsMemory(0, 2 * 131_071)).Kind);
        Assert.Equal(WsFault.TooManyFragments, reader.Next(continuations.AsMemory(0, 2)).Fault);
    }

    [Fact]
    public void Warm_messages_allocate_nothing()
    {
        using var reader = new WsReader(WsRole.Server, WsLimits.Default);
        byte[] frame = Bytes.FrameFor(WsRole.Server, Opcode.Text, Encoding.UTF8.GetBytes("grüße, twice: whole and in pieces"));
        byte[] input = new byte[frame.Length];
        void Once()
        {
            frame.CopyTo(input, 0);
            if (reader.Next(input).Kind != WsEventKind.Text) Assert.Fail("whole");
            frame.CopyTo(input, 0);
            reader.Next(input.AsMemory(0, 20));
            if (reader.Next(input.AsMemory(20)).Kind != WsEventKind.Text) Assert.Fail("in pieces");
        }
        for (int i = 0; i < 100; i++) Once();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) Once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
