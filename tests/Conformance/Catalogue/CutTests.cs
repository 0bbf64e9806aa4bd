using static Conformance.Catalogue.Frames;

namespace Conformance.Catalogue;

/// <summary>A stream has no boundaries: each kind of frame, cut at each of its bytes. RFC 6455 §5.2, RFC 9293 §3.8.</summary>
public sealed class CutTests(Testee testee) : IClassFixture<Testee>
{
    static readonly Case[] Cases =
    [
        Case.Lives("RFC 6455 §5.6", "text", [Text("grüß €")], Back.Text("grüß €")),
        Case.Lives("RFC 6455 §5.6", "empty text", [Text("")], Back.Text("")),
        Case.Lives("RFC 6455 §5.6", "binary", [Binary(Pattern(20))], Back.Binary(Pattern(20))),
        Case.Lives("RFC 6455 §5.2", "binary with two bytes of length", [Binary(Pattern(200))], Back.Binary(Pattern(200))),
        Case.Lives("RFC 6455 §5.4", "fragments", [First("a"), Middle("bc"), Last("d")], Back.Text("abcd")),
        Case.Lives("RFC 6455 §5.4", "ping between fragments", [First("a"), Ping("now"), Last("b")], Back.Pong("now"), Back.Text("ab")),
        Case.Lives("RFC 6455 §5.5.2", "ping", [Ping("hello")], Back.Pong("hello")),
        Case.Lives("RFC 6455 §5.5.2", "longest ping", [Of(9, Letters(125))], Back.Message(10, Letters(125))),
        Case.Lives("RFC 6455 §5.5.3", "pong", [Pong("hello"), Text("a")], Back.Text("a")),
        new("RFC 6455 §5.5.1", "close", [Close(1000, "reason")], [Back.Close(1000)]),
        new("RFC 6455 §5.5.1", "close without a code", [Of(8, [])], [Back.CloseWithoutCode]),
        Case.Fails(1002, "RFC 6455 §5.2", "reserved opcode", [Text("a"), Of(3, [])], Back.Text("a")),
        Case.Fails(1007, "RFC 6455 §8.1", "text that is none", [TextBytes(Hex("61 62 FF"))]),
    ];

    public static TheoryData<string, string> Rows => Case.Rows(Cases);

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_frame_may_be_cut_at_every_byte(string clause, string name)
    {
        Case row = Cases.Single(one => (one.Clause, one.Name) == (clause, name));
        byte[] sent = [.. row.Sent.SelectMany(frame => frame)];
        for (int cut = 1; cut < sent.Length; cut++)
        {
            using RawClient client = await RawClient.OpenAsync(testee.Port);
            await client.SendAsync(sent.AsMemory(0, cut));
            await client.TrySendAsync([sent[cut..]]);
            Assert.Equal(row.Back, await client.ReceiveToEndAsync());
        }
    }

    /// <summary>Eight bytes of length: cut within the header, and near it.</summary>
    [Fact]
    public async Task A_long_frame_may_be_cut_within_its_header()
    {
        byte[] frame = Binary(Pattern(65_536));
        using RawClient client = await RawClient.OpenAsync(testee.Port);
        for (int cut = 1; cut < 20; cut++)
        {
            await client.SendAsync(frame.AsMemory(0, cut));
            await client.SendAsync(frame.AsMemory(cut));
            Assert.Equal(Back.Binary(Pattern(65_536)), await client.ReceiveAsync());
        }
    }

    [Theory]
    [InlineData("RFC 6455 §5.4", int.MaxValue)]
    [InlineData("RFC 6455 §5.4", 997)]
    public async Task A_hundred_thousand_fragments_of_one_byte_are_one_message(string clause, int piece)
    {
        Assert.NotEmpty(clause);
        byte[] message = Letters(100_000);
        using RawClient client = await RawClient.OpenAsync(testee.Port);
        byte[] sent = [.. Fragmented(1, message, 1).SelectMany(frame => frame), .. Close(1000)];
        Task<bool> sending = client.TrySendAsync([sent], piece);
        Assert.Equal([Back.TextBytes(message), Back.Close(1000)], await client.ReceiveToEndAsync());
        await sending;
    }
}
