using RawWebSocket.Wire;

namespace RawWebSocket.Tests.Wire;

public sealed class FrameRulesTests
{
    public static TheoryData<string, string, WsFault> HeadersToAServer => new()
    {
        // RFC 6455                 header (hex)                      named as
        { "5.1 client masks",       "81 00",                          WsFault.NotMasked },
        { "5.1 control too",        "89 00",                          WsFault.NotMasked },
        { "5.2 RSV1",               "C1 80 00000000",                 WsFault.ReservedBitSet },
        { "5.2 RSV2",               "A1 80 00000000",                 WsFault.ReservedBitSet },
        { "5.2 RSV3",               "91 80 00000000",                 WsFault.ReservedBitSet },
        { "5.2 RSV1 on ping",       "C9 80 00000000",                 WsFault.ReservedBitSet },
        { "5.2 opcode 3",           "83 80 00000000",                 WsFault.UnknownOpcode },
        { "5.2 opcode 4",           "84 80 00000000",                 WsFault.UnknownOpcode },
        { "5.2 opcode 5",           "85 80 00000000",                 WsFault.UnknownOpcode },
        { "5.2 opcode 6",           "86 80 00000000",                 WsFault.UnknownOpcode },
        { "5.2 opcode 7",           "87 80 00000000",                 WsFault.UnknownOpcode },
        { "5.2 opcode B",           "8B 80 00000000",                 WsFault.UnknownOpcode },
        { "5.2 opcode C",           "8C 80 00000000",                 WsFault.UnknownOpcode },
        { "5.2 opcode D",           "8D 80 00000000",                 WsFault.UnknownOpcode },
        { "5.2 opcode E",           "8E 80 00000000",                 WsFault.UnknownOpcode },
        { "5.2 opcode F",           "8F 80 00000000",                 WsFault.UnknownOpcode },
        { "5.2 64th bit",           "82 FF 8000000000000000 00000000", WsFault.LengthOver63Bits },
        { "5.2 all 64 bits",        "82 FF FFFFFFFFFFFFFFFF 00000000", WsFault.LengthOver63Bits },
        { "5.2 125 in two bytes",   "82 FE 007D 00000000",            WsFault.LengthNotMinimal },
        { "5.2 0 in two bytes",     "82 FE 0000 00000000",            WsFault.LengthNotMinimal },
        { "5.2 65535 in eight",     "82 FF 000000000000FFFF 00000000", WsFault.LengthNotMinimal },
        { "5.2 0 in eight",         "82 FF 0000000000000000 00000000", WsFault.LengthNotMinimal },
        { "5.5 no fragments",       "09 80 00000000",                 WsFault.FragmentedControl },
        { "5.5 close neither",      "08 80 00000000",                 WsFault.FragmentedControl },
        { "5.5 at most 125",        "89 FE 007E 00000000",            WsFault.ControlTooLong },
        { "5.5 close neither",      "88 FE 007E 00000000",            WsFault.ControlTooLong },
        { "5.5 nor in eight bytes", "8A FF 0000000000010000 00000000", WsFault.ControlTooLong },
        { "5.2 text",               "81 80 00000000",                 WsFault.None },
        { "5.4 continuation",       "00 80 00000000",                 WsFault.None },
        { "5.2 the largest",        "82 FF 7FFFFFFFFFFFFFFF 00000000", WsFault.None },
        { "5.5 ping of 125",        "89 FD 00000000",                 WsFault.None },
    };

    [Theory, MemberData(nameof(HeadersToAServer))]
    public void A_server_names_the_rule_a_header_breaks(string rule, string hex, WsFault expected)
    {
        FrameHeader.Read(Bytes.Of(hex), out FrameHeader header, out _);
        Assert.True(expected == FrameRules.Check(header, WsRole.Server, rsv1Agreed: false), rule);
    }

    [Theory]
    [InlineData("5.1 server does not mask", "81 80 00000000", WsFault.Masked)]
    [InlineData("5.1 nor control frames", "8A 80 00000000", WsFault.Masked)]
    [InlineData("5.2 opcode 3", "83 00", WsFault.UnknownOpcode)]
    [InlineData("5.2 text", "81 00", WsFault.None)]
    public void A_client_names_the_rule_a_header_breaks(string rule, string hex, WsFault expected)
    {
        FrameHeader.Read(Bytes.Of(hex), out FrameHeader header, out _);
        Assert.True(expected == FrameRules.Check(header, WsRole.Client, rsv1Agreed: false), rule);
    }

    [Theory]
    [InlineData("7692 6.1 text", "C1 00", WsFault.None)]
    [InlineData("7692 6.1 binary, first of several", "42 00", WsFault.None)]
    [InlineData("7692 6.1 not on later fragments", "C0 00", WsFault.ReservedBitSet)]
    [InlineData("7692 6.1 not on a ping", "C9 00", WsFault.ReservedBitSet)]
    [InlineData("7692 6.1 not on a close", "C8 00", WsFault.ReservedBitSet)]
    [InlineData("5.2 RSV2 has no meaning still", "E1 00", WsFault.ReservedBitSet)]
    public void RSV1_stands_where_an_agreed_extension_defines_it(string rule, string hex, WsFault expected)
    {
        FrameHeader.Read(Bytes.Of(hex), out FrameHeader header, out _);
        Assert.True(expected == FrameRules.Check(header, WsRole.Client, rsv1Agreed: true), rule);
    }
}
