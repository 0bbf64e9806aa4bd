using static Conformance.Catalogue.Frames;

namespace Conformance.Catalogue;

/// <summary>The ground of Autobahn's section 5: fragments, and what may and may not come between them. RFC 6455 §5.4.</summary>
public sealed class Section5FragmentTests(Testee testee) : IClassFixture<Testee>
{
    static readonly Case[] Cases =
    [
        Case.Fails(1002, "RFC 6455 §5.5", "5.1 a ping without FIN", [Of(9, Utf8("a"), isFinal: false), Of(0, Utf8("b"))]),
        Case.Fails(1002, "RFC 6455 §5.5", "5.2 a pong without FIN", [Of(10, Utf8("a"), isFinal: false), Of(0, Utf8("b"))]),
        Case.Fails(1002, "RFC 6455 §5.5", "5.2 a close without FIN", [Text("before"), Of(8, [0x03, 0xE8], isFinal: false)], Back.Text("before")),
        Case.Lives("RFC 6455 §5.4", "5.3 a text in two fragments", [First("frag"), Last("ment")], Back.Text("fragment")),
        Case.Lives("RFC 6455 §5.4", "5.3 a binary in two fragments", [Of(2, [1, 0xFF], isFinal: false), Of(0, [3])], Back.Binary([1, 0xFF, 3])),
        Case.Lives("RFC 6455 §5.4", "5.6 a ping between fragments is answered before the message", [First("frag"), Ping("now"), Last("ment")], Back.Pong("now"), Back.Text("fragment")),
        Case.Lives("RFC 6455 §5.4", "5.6 a pong between fragments", [First("frag"), Pong("late"), Last("ment")], Back.Text("fragment")),
        Case.Lives("RFC 6455 §5.4", "5.6 an empty ping in each gap", [First("f"), Ping(), Middle("r"), Ping(), Middle("a"), Ping(), Last("g")], Back.Pong(), Back.Pong(), Back.Pong(), Back.Text("frag")),
        Case.Fails(1002, "RFC 6455 §5.4", "5.9 a last fragment without a first", [Last("non-continuation"), Text("hello")]),
        Case.Fails(1002, "RFC 6455 §5.4", "5.12 a middle fragment without a first", [Middle("non-continuation"), Text("hello")]),
        Case.Fails(1002, "RFC 6455 §5.4", "5.12 an empty continuation at first", [Of(0, [])]),
        Case.Fails(1002, "RFC 6455 §5.4", "5.15 a fragment too many behind a whole message", [First("frag"), Last("ment"), Middle("more"), Text("hello")], Back.Text("fragment")),
        Case.Fails(1002, "RFC 6455 §5.4", "5.16 a middle fragment at first, and then a message", [Middle("a"), First("b"), Last("c"), Middle("a"), First("b"), Last("c")]),
        Case.Fails(1002, "RFC 6455 §5.4", "5.17 a last fragment at first, and then a message", [Last("a"), First("b"), Last("c")]),
        Case.Fails(1002, "RFC 6455 §5.4", "5.18 a text inside a text", [First("a"), Text("b")]),
        Case.Fails(1002, "RFC 6455 §5.4", "5.18 a binary inside a text", [Ping("before"), First("a"), Binary([1])], Back.Pong("before")),
        Case.Fails(1002, "RFC 6455 §5.4", "5.18 the first fragment of another", [First("a"), Middle("b"), First("c")]),
        Case.Lives("RFC 6455 §5.4", "5.19 five fragments with pings behind the second and the fourth",
            [First("1"), Middle("2"), Ping("a"), Middle("3"), Middle("4"), Ping("b"), Last("5")], Back.Pong("a"), Back.Pong("b"), Back.Text("12345")),
        Case.Lives("RFC 6455 §5.4", "empty fragments on all sides", [First(""), Middle(""), Middle("x"), Middle(""), Last("")], Back.Text("x")),
        Case.Lives("RFC 6455 §5.4", "nothing in three fragments", [Of(2, [], isFinal: false), Of(0, [], isFinal: false), Of(0, [])], Back.Binary([])),
        Case.Lives("RFC 6455 §5.4", "the next message after one in fragments", [First("a"), Last("b"), Text("c"), First("d"), Last("e")], Back.Text("ab"), Back.Text("c"), Back.Text("de")),
        Case.Lives("RFC 6455 §5.5.1", "a close between fragments ends it, without the message", [First("a")]),
        Case.Lives("RFC 6455 §5.4", "65,537 fragments, of which two hold something", [First("a"), [.. Enumerable.Repeat(Middle(""), 65_535).SelectMany(frame => frame)], Last("b")], Back.Text("ab")),
        Case.Fails(1008, "RFC 6455 §10.4", "more than 131,072 fragments", [Ping("before"), First("a"), [.. Enumerable.Repeat(Middle(""), 131_072).SelectMany(frame => frame)]], Back.Pong("before")),
    ];

    public static TheoryData<string, string> Rows => Case.Rows(Cases);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task What_comes_back(string clause, string name) => testee.PlayAsync(Cases, clause, name);
}
