using static Conformance.Catalogue.Frames;

namespace Conformance.Catalogue;

/// <summary>Compressed frames, right and wrong, byte by byte. RFC 7692 §6 and §7.2, with its own examples.</summary>
public sealed class CompressionRuleTests(Testee testee) : IClassFixture<Testee>
{
    const string Deflate = "permessage-deflate", Forgetting = "permessage-deflate; client_no_context_takeover";

    static readonly byte[] Hello = Hex("F2 48 CD C9 C9 07 00");

    static readonly Case[] Cases =
    [
        Case.Lives("RFC 7692 §7.2.3.1", "one block", [Of(1 | Rsv1, Hello)], Back.Text("Hello")),
        Case.Lives("RFC 7692 §7.2.3.1", "one block in two fragments", [Of(1 | Rsv1, Hex("F2 48 CD"), isFinal: false), Of(0, Hex("C9 C9 07 00"))], Back.Text("Hello")),
        Case.Lives("RFC 7692 §7.2.3.1", "each byte a fragment", [.. Fragmented(1 | Rsv1, Hello, 1)], Back.Text("Hello")),
        Case.Lives("RFC 7692 §7.2.3.3", "a stored block", [Of(1 | Rsv1, Hex("00 05 00 FA FF 48 65 6C 6C 6F 00"))], Back.Text("Hello")),
        Case.Lives("RFC 7692 §7.2.3.4", "a block that says it is the last", [Of(1 | Rsv1, Hex("F3 48 CD C9 C9 07 00 00"))], Back.Text("Hello")),
        Case.Lives("RFC 7692 §7.2.3.4", "a message behind one with a last block", [Of(1 | Rsv1, Hex("F3 48 CD C9 C9 07 00 00")), Of(1 | Rsv1, Hello)], Back.Text("Hello"), Back.Text("Hello")),
        Case.Lives("RFC 7692 §7.2.3.5", "two blocks", [Of(1 | Rsv1, Hex("F2 48 05 00 00 00 FF FF CA C9 C9 07 00"))], Back.Text("Hello")),
        Case.Lives("RFC 7692 §7.2.3.6", "nothing", [Of(1 | Rsv1, [0x00])], Back.Text("")),
        Case.Lives("RFC 7692 §6.2", "nothing, in no bytes", [Of(2 | Rsv1, [])], Back.Binary([])),
        Case.Lives("RFC 7692 §6", "a plain message among compressed ones", [Of(1 | Rsv1, Hello), Text("plain"), Of(1 | Rsv1, Hello)], Back.Text("Hello"), Back.Text("plain"), Back.Text("Hello")),
        Case.Lives("RFC 6455 §5.4", "a ping inside of a compressed message", [Of(1 | Rsv1, Hex("F2 48 CD"), isFinal: false), Ping("now"), Of(0, Hex("C9 C9 07 00"))], Back.Pong("now"), Back.Text("Hello")),
        Case.Lives("RFC 6455 §5.4", "empty fragments around it", [Of(1 | Rsv1, [], isFinal: false), Of(0, Hello, isFinal: false), Of(0, [])], Back.Text("Hello")),
        Case.Fails(1002, "RFC 7692 §6.1", "RSV1 on a continuation", [Text("before"), Of(1 | Rsv1, Hex("F2 48 CD"), isFinal: false), Of(0 | Rsv1, Hex("C9 C9 07 00"))], Back.Text("before")),
        Case.Fails(1002, "RFC 7692 §6.1", "RSV1 on a ping", [Of(9 | Rsv1, [])]),
        Case.Fails(1002, "RFC 7692 §6.1", "RSV1 on a pong", [Of(10 | Rsv1, [])]),
        Case.Fails(1002, "RFC 7692 §6.1", "RSV1 on a close", [Of(8 | Rsv1, [0x03, 0xE8])]),
        Case.Fails(1002, "RFC 6455 §5.2", "RSV2 beside RSV1", [Of(1 | Rsv1 | Rsv2, Hello)]),
        Case.Fails(1002, "RFC 6455 §5.2", "RSV3 alone", [Of(1 | Rsv3, Hello)]),
        Case.Fails(1007, "RFC 1951 §3.2.3", "a block of the type that is reserved", [Of(1 | Rsv1, Hello), Of(1 | Rsv1, [0x06])], Back.Text("Hello")),
        Case.Fails(1007, "RFC 1951 §3.2.4", "LEN and NLEN differ", [Of(2 | Rsv1, Hex("00 05 00 FA FE 48 65 6C 6C 6F 00"))]),
        Case.Fails(1007, "RFC 1951 §3.2.5", "a match before the first byte", [Of(2 | Rsv1, FirstMatch())]),
        Case.Fails(1007, "RFC 1951 §3.2.7", "codes that are too many for their lengths", [Of(2 | Rsv1, Hex("04 00 FE FF FF FF FF FF FF FF FF FF"))]),
        Case.Fails(1007, "RFC 7692 §6.2", "a message that stops inside of a block", [Of(1 | Rsv1, Hex("F2 48 CD C9"))]),
        Case.Fails(1007, "RFC 7692 §6.2", "a stored block that stops", [Of(1 | Rsv1, Hex("00 05 00 FA FF 48 65"))]),
        Case.Fails(1007, "RFC 6455 §8.1", "text that inflates to no text", [Of(1 | Rsv1, Hex("00 02 00 FD FF C3 28 00"))]),
        Case.Fails(1007, "RFC 6455 §8.1", "text that inflates to half a character", [Of(1 | Rsv1, Hex("00 02 00 FD FF E2 82 00"))]),
    ];

    static readonly Case[] Keeping =
    [
        Case.Lives("RFC 7692 §7.2.3.2", "a second message that refers to the first", [Of(1 | Rsv1, Hello), Of(1 | Rsv1, Hex("F2 00 11 00 00"))], Back.Text("Hello"), Back.Text("Hello")),
    ];

    static readonly Case[] NotKeeping =
    [
        Case.Lives("RFC 7692 §7.1.1.2", "two messages that refer to nothing before", [Of(1 | Rsv1, Hello), Of(1 | Rsv1, Hello)], Back.Text("Hello"), Back.Text("Hello")),
        Case.Fails(1007, "RFC 7692 §7.1.1.2", "a message that refers to the one before, which was to be forgotten", [Of(1 | Rsv1, Hello), Of(1 | Rsv1, Hex("F2 00 11 00 00"))], Back.Text("Hello")),
    ];

    public static TheoryData<string, string> Rows => Case.Rows(Cases);

    public static TheoryData<string, string> KeepingRows => Case.Rows(Keeping);

    public static TheoryData<string, string> NotKeepingRows => Case.Rows(NotKeeping);

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task What_comes_back(string clause, string name)
    {
        await testee.PlayAsync(Cases, clause, name, Deflate);
        await testee.PlayAsync(Cases, clause, name, Forgetting);
    }

    [Theory]
    [MemberData(nameof(KeepingRows))]
    public Task What_comes_back_where_context_is_kept(string clause, string name) => testee.PlayAsync(Keeping, clause, name, Deflate);

    [Theory]
    [MemberData(nameof(NotKeepingRows))]
    public Task What_comes_back_where_it_is_not(string clause, string name) => testee.PlayAsync(NotKeeping, clause, name, Forgetting);

    /// <summary>The first wrong byte fails a compressed text before its end has come, too. RFC 6455 §8.1.</summary>
    [Fact]
    public async Task A_compressed_text_fails_at_its_first_wrong_byte()
    {
        using RawClient client = await RawClient.OpenAsync(testee.Port, $"Sec-WebSocket-Extensions: {Deflate}\r\n");
        await client.SendAsync(Of(1 | Rsv1, Hex("00 FF 00 00 FF 61 62 FF"), isFinal: false));
        Assert.Equal([Back.Close(1007)], await client.ReceiveToEndAsync());
    }

    /// <summary>RFC 6455 §10.4: 64 KiB that inflate to 66 MiB, and a limit of 64; what would be too much for its bytes fails before.</summary>
    [Fact]
    public async Task A_message_that_inflates_far_over_the_limit_fails_with_1009()
    {
        using RawClient client = await RawClient.OpenAsync(testee.Port, $"Sec-WebSocket-Extensions: {Deflate}\r\n");
        Task<bool> sending = client.TrySendAsync([Text("before"), Of(2 | Rsv1, PeerDeflater.Bomb(65_536)), Ping("after")]);
        client.Inflater = new(true);
        Assert.Equal([Back.Text("before"), Back.Close(1009)], await client.ReceiveToEndAsync());
        await sending;
    }

    /// <summary>The same where a message may have a megabyte: the one that has just that comes back, the next does not.</summary>
    [Fact]
    public async Task The_limit_counts_what_is_inflated_to_the_byte()
    {
        await using RunningServer server = RunningServer.Start();
        byte[] zeros = new byte[1 << 20];
        using RawClient client = await RawClient.OpenAsync(server.Port, $"Sec-WebSocket-Extensions: {Deflate}\r\n");
        client.Inflater = new(false);
        await client.SendAsync(Of(2 | Rsv1, new PeerDeflater(15, false).Deflate(zeros)));
        Assert.Equal(Back.Binary(zeros), await client.ReceiveAsync());
        await client.SendAsync(Of(2 | Rsv1, new PeerDeflater(15, false).Deflate([.. zeros, 0])));
        Assert.Equal([Back.Close(1009)], await client.ReceiveToEndAsync());
    }

    static byte[] FirstMatch()
    {
        BitSink bits = new();
        bits.Put(0b010, 3);
        PeerDeflater.PutMatch(bits, 3, 1);
        bits.PutCode(0, 7);
        bits.Put(0b000, 3);
        return bits.ToArray();
    }
}
