using static Conformance.Catalogue.Frames;

namespace Conformance.Catalogue;

/// <summary>The ground of Autobahn's section 3: a reserved bit without an extension that gives it a meaning. RFC 6455 §5.2. What was owed before still comes.</summary>
public sealed class Section3ReservedBitTests(Testee testee) : IClassFixture<Testee>
{
    static readonly int[] Bits = [1, 2, 3, 4, 5, 6, 7]; // of which 4 is RSV1

    static readonly (string Name, int Opcode)[] Kinds = [("text", 1), ("binary", 2), ("close", 8), ("ping", 9), ("pong", 10)];

    static readonly Case[] Cases =
    [
        .. Kinds.SelectMany(kind => Bits.Select(bits => Case.Fails(1002, "RFC 6455 §5.2", $"3.1 bits {bits} on a {kind.Name} at first", [Of(kind.Opcode | bits << 4, Utf8("hi"))]))),
        .. Kinds.SelectMany(kind => Bits.Select(bits => Case.Fails(
            1002, "RFC 6455 §5.2", $"3.2 bits {bits} on a {kind.Name} behind a message and before a ping", [Text("before"), Of(kind.Opcode | bits << 4, Utf8("hi")), Ping("after")], Back.Text("before")))),
        .. Bits.Select(bits => Case.Fails(1002, "RFC 6455 §5.2", $"3.5 bits {bits} on a continuation", [First("a"), Ping("between"), Of(bits << 4, Utf8("b"))], Back.Pong("between"))),
        .. Bits.Select(bits => Case.Fails(1002, "RFC 6455 §5.2", $"3.6 bits {bits} on an empty message, at its header", [Header(2 | bits << 4, 0)])),
        .. Bits.Select(bits => Case.Fails(1002, "RFC 6455 §5.2", $"3.7 bits {bits} on a header that claims a megabyte, before it comes", [Ping("before"), Header(2 | bits << 4, 1 << 20)], Back.Pong("before"))),
    ];

    public static TheoryData<string, string> Rows => Case.Rows(Cases);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task What_comes_back(string clause, string name) => testee.PlayAsync(Cases, clause, name);
}
