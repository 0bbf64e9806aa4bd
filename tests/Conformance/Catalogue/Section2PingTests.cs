using static Conformance.Catalogue.Frames;

namespace Conformance.Catalogue;

/// <summary>The ground of Autobahn's section 2: pings are answered with their data, pongs with nothing. RFC 6455 §5.5.2 and §5.5.3.</summary>
public sealed class Section2PingTests(Testee testee) : IClassFixture<Testee>
{
    static readonly byte[] NotText = [0x00, 0xFF, 0xFE, 0xFD, 0xFC, 0xFB, 0x00, 0xFF];

    static readonly Case[] Cases =
    [
        Case.Lives("RFC 6455 §5.5.2", "2.1 a ping without data", [Ping()], Back.Pong()),
        Case.Lives("RFC 6455 §5.5.3", "2.2 a ping with text", [Ping("are you there?")], Back.Pong("are you there?")),
        Case.Lives("RFC 6455 §5.5.3", "2.3 a ping with bytes that are no text", [Of(9, NotText)], Back.Message(10, NotText)),
        Case.Lives("RFC 6455 §5.5", "2.4 a ping of 125 bytes", [Of(9, Letters(125))], Back.Message(10, Letters(125))),
        Case.Fails(1002, "RFC 6455 §5.5", "2.5 a ping of 126 bytes", [Of(9, Letters(126))]),
        Case.Fails(1002, "RFC 6455 §5.5", "2.5 a ping that claims 64 KiB, at its header", [Header(9, 65_536)]),
        Case.Fails(1002, "RFC 6455 §5.5", "2.5 a pong of 126 bytes", [Ping("before"), Of(10, Letters(126))], Back.Pong("before")),
        Case.Lives("RFC 6455 §5.5.3", "2.7 a pong nobody asked for", [Pong()]),
        Case.Lives("RFC 6455 §5.5.3", "2.8 a pong with data nobody asked for", [Pong("unasked")]),
        Case.Lives("RFC 6455 §5.5.3", "2.9 such a pong, and a ping", [Pong("unasked"), Ping("asked")], Back.Pong("asked")),
        Case.Lives("RFC 6455 §5.5.2", "2.10 ten pings", [.. Enumerable.Range(0, 10).Select(i => Ping($"ping {i}"))], [.. Enumerable.Range(0, 10).Select(i => Back.Pong($"ping {i}"))]),
        Case.Lives("RFC 6455 §5.5.2", "pings and messages in turn", [Text("a"), Ping("b"), Text("c"), Ping("d")], Back.Text("a"), Back.Pong("b"), Back.Text("c"), Back.Pong("d")),
    ];

    public static TheoryData<string, string> Rows => Case.Rows(Cases);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task What_comes_back(string clause, string name) => testee.PlayAsync(Cases, clause, name);
}
