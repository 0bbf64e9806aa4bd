using static Conformance.Catalogue.Frames;

namespace Conformance.Catalogue;

/// <summary>The ground of Autobahn's section 4: opcodes that are reserved. RFC 6455 §5.2. What was owed before still comes.</summary>
public sealed class Section4OpcodeTests(Testee testee) : IClassFixture<Testee>
{
    static readonly int[] Reserved = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15];

    static readonly Case[] Cases =
    [
        .. Reserved.Select(opcode => Case.Fails(1002, "RFC 6455 §5.2", $"4.1 opcode {opcode} without data", [Of(opcode, [])])),
        .. Reserved.Select(opcode => Case.Fails(1002, "RFC 6455 §5.2", $"4.1 opcode {opcode} with data", [Of(opcode, Utf8("reserved"))])),
        .. Reserved.Select(opcode => Case.Fails(1002, "RFC 6455 §5.2", $"4.2 opcode {opcode} behind a message and before a ping", [Text("before"), Of(opcode, Utf8("reserved")), Ping("after")], Back.Text("before"))),
        .. Reserved.Select(opcode => Case.Fails(1002, "RFC 6455 §5.2", $"4.2 opcode {opcode} between fragments", [Ping("before"), First("a"), Of(opcode, []), Last("b")], Back.Pong("before"))),
        .. Reserved.Select(opcode => Case.Fails(1002, "RFC 6455 §5.2", $"4.2 opcode {opcode} without FIN", [Of(opcode, [], isFinal: false)])),
    ];

    public static TheoryData<string, string> Rows => Case.Rows(Cases);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task What_comes_back(string clause, string name) => testee.PlayAsync(Cases, clause, name);
}
