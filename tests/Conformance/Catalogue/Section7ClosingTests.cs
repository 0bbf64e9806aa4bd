using static Conformance.Catalogue.Frames;

namespace Conformance.Catalogue;

/// <summary>The ground of Autobahn's section 7: the closing handshake, its codes and reasons. RFC 6455 §5.5.1, §7.1 and §7.4.</summary>
public sealed class Section7ClosingTests(Testee testee) : IClassFixture<Testee>
{
    static readonly int[] Allowed = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];

    static readonly int[] Forbidden = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535];

    static readonly Case[] Cases =
    [
        Case.Lives("RFC 6455 §7.1.2", "7.1.1 a message, and the end", [Text("hello")], Back.Text("hello")),
        Ends(1000, "RFC 6455 §5.5.1", "7.1.2 two closes, the second is not looked at", [Close(1000), Close(1001)]),
        Ends(1000, "RFC 6455 §5.5.1", "7.1.3 a ping behind the close is not answered", [Close(1000), Ping("late")]),
        Ends(1000, "RFC 6455 §5.5.1", "7.1.4 a message behind the close is not echoed", [Close(1000), Text("late")]),
        Ends(1000, "RFC 6455 §5.5.1", "7.1.5 a close inside of a message", [First("fragment"), Close(1000), Last("late")]),
        Ends(1000, "RFC 6455 §1.4", "7.1.6 a large message, a small one, a close, a ping", [Binary(Pattern(256 << 10)), Text("hello"), Close(1000), Ping("late")], Back.Binary(Pattern(256 << 10)), Back.Text("hello")),
        Ends(1000, "RFC 6455 §1.4", "what breaks a rule behind the close is not judged", [Close(1000), Of(3 | Rsv2, [1], isMasked: false)]),
        new("RFC 6455 §5.5.1", "7.3.1 a close without a code", [Of(8, [])], [Back.CloseWithoutCode]),
        Case.Fails(1002, "RFC 6455 §5.5.1", "7.3.2 a close with half a code", [Of(8, [0x03])]),
        Ends(1000, "RFC 6455 §5.5.1", "7.3.3 a close with a code", [Close(1000)]),
        Ends(1000, "RFC 6455 §5.5.1", "7.3.4 a close with a reason", [Close(1000, "Goodbye")]),
        Ends(1000, "RFC 6455 §5.5", "7.3.5 a reason of 123 bytes", [Close(1000, new('r', 123))]),
        Case.Fails(1002, "RFC 6455 §5.5", "7.3.6 a reason of 124 bytes", [Close(1000, new('r', 124))]),
        Case.Fails(1007, "RFC 6455 §5.5.1", "7.5.1 a reason that is not UTF-8", [Text("before"), Of(8, [0x03, 0xE8, .. Hex("CE BA E1 BD B9 CF 83 CE BC CE B5 ED A0 80")])], Back.Text("before")),
        Case.Fails(1007, "RFC 6455 §5.5.1", "7.5.1 a reason that stops inside of a character", [Of(8, [0x03, 0xE8, 0xE2, 0x82])]),
        .. Allowed.Select(code => Ends(code, "RFC 6455 §7.4", $"7.7 code {code} comes back", [Close(code)])),
        .. Allowed.Select(code => Ends(code, "RFC 6455 §7.4", $"7.7 code {code} comes back, with a reason and behind a message", [Text("before"), Close(code, "reason")], Back.Text("before"))),
        .. Forbidden.Select(code => Case.Fails(1002, "RFC 6455 §7.4", $"7.9 code {code} must not be sent", [Text("before"), Close(code)], Back.Text("before"))),
        .. Forbidden.Select(code => Case.Fails(1002, "RFC 6455 §7.4", $"7.9 code {code} must not be sent, with a reason", [Close(code, "reason")])),
        Ends(1000, "RFC 6455 §5.5.1", "a close is answered behind what is owed", [Ping("owed"), Text("owed"), Close(1000)], Back.Pong("owed"), Back.Text("owed")),
    ];

    public static TheoryData<string, string> Rows => Case.Rows(Cases);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task What_comes_back(string clause, string name) => testee.PlayAsync(Cases, clause, name);

    /// <summary>RFC 6455 §7.1.1: the server ends TCP first, and does not wait for the client to do so.</summary>
    [Fact]
    public async Task The_server_ends_the_stream_while_the_client_keeps_its_side_open()
    {
        using RawClient client = await RawClient.OpenAsync(testee.Port);
        await client.SendAsync(Close(1000));
        Assert.Equal([Back.Close(1000)], await client.ReceiveToEndAsync()); // we have ended nothing
    }

    /// <summary>RFC 6455 §7.1.5: a stream that ends without a close frame is answered with nothing.</summary>
    [Fact]
    public async Task A_stream_that_ends_without_a_close_frame_ends_without_one()
    {
        using RawClient client = await RawClient.OpenAsync(testee.Port);
        await client.SendFramesAsync(Text("hello"), First("unfinished"));
        client.EndSending();
        Assert.Equal([Back.Text("hello")], await client.ReceiveToEndAsync());
    }

    static Case Ends(int code, string clause, string name, byte[][] sent, params string[] back) => new(clause, name, sent, [.. back, Back.Close(code)]);
}
