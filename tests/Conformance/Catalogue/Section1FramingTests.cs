using static Conformance.Catalogue.Frames;

namespace Conformance.Catalogue;

/// <summary>The ground of Autobahn's section 1: each form of a length, whole and in pieces. RFC 6455 §5.2.</summary>
public sealed class Section1FramingTests(Testee testee) : IClassFixture<Testee>
{
    static readonly (string Number, string Clause, int Length)[] Lengths =
    [
        ("1", "RFC 6455 §5.2, 7 bits", 0),
        ("2", "RFC 6455 §5.2, 7 bits", 125),
        ("3", "RFC 6455 §5.2, 16 bits", 126),
        ("4", "RFC 6455 §5.2, 16 bits", 127),
        ("5", "RFC 6455 §5.2, 16 bits", 128),
        ("6", "RFC 6455 §5.2, 16 bits", 65_535),
        ("7", "RFC 6455 §5.2, 63 bits", 65_536),
    ];

    static readonly Case[] Cases =
    [
        .. Lengths.Select(row => Case.Lives(row.Clause, $"1.1.{row.Number} text of {row.Length}", [TextBytes(Letters(row.Length))], Back.TextBytes(Letters(row.Length)))),
        .. Lengths.Select(row => Case.Lives(row.Clause, $"1.2.{row.Number} binary of {row.Length}", [Binary(Pattern(row.Length))], Back.Binary(Pattern(row.Length)))),
        .. Lengths.Select(row => Case.Lives("RFC 6455 §5.4", $"1.1.8 text of {row.Length} in fragments of 997", [.. Fragmented(1, Letters(row.Length), 997)], Back.TextBytes(Letters(row.Length)))),
        .. Lengths.Select(row => Case.Lives("RFC 6455 §5.4", $"1.2.8 binary of {row.Length} in fragments of 997", [.. Fragmented(2, Pattern(row.Length), 997)], Back.Binary(Pattern(row.Length)))),
        Case.Lives("RFC 6455 §5.1", "messages of all lengths behind each other", [.. Lengths.Select(row => Binary(Pattern(row.Length)))], [.. Lengths.Select(row => Back.Binary(Pattern(row.Length)))]),
        Case.Fails(1002, "RFC 6455 §5.1", "a frame that is not masked", [Text("before"), Of(1, Utf8("open"), isMasked: false)], Back.Text("before")),
        Case.Fails(1002, "RFC 6455 §5.1", "a ping that is not masked", [Of(9, [], isMasked: false)]),
        Case.Fails(1002, "RFC 6455 §5.2", "a length of 125 in two bytes", [Of(1, Letters(125), form: Form.TwoBytes)]),
        Case.Fails(1002, "RFC 6455 §5.2", "a length of 0 in eight bytes", [Of(2, [], form: Form.EightBytes)]),
        Case.Fails(1002, "RFC 6455 §5.2", "a length of 65535 in eight bytes", [Header(2, 65_535, form: Form.EightBytes)]),
        Case.Fails(1002, "RFC 6455 §5.2", "a ping's length in two bytes", [Of(9, Utf8("x"), form: Form.TwoBytes)]),
        Case.Fails(1002, "RFC 6455 §5.2", "a length with its highest bit set", [Text("before"), Header(2, long.MinValue, form: Form.EightBytes)], Back.Text("before")),
        Case.Fails(1009, "RFC 6455 §10.4", "a length of 63 bits, at its header", [Text("before"), Header(2, long.MaxValue, form: Form.EightBytes)], Back.Text("before")),
        Case.Fails(1009, "RFC 6455 §10.4", "a length over the limit of 64 MiB by one, at its header", [Header(1, (64 << 20) + 1)]),
    ];

    public static TheoryData<string, string> Rows => Case.Rows(Cases);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task What_comes_back(string clause, string name) => testee.PlayAsync(Cases, clause, name);
}
