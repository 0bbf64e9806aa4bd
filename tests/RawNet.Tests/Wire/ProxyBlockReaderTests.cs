using RawNet.Wire;

namespace RawNet.Tests.Wire;

/// <summary>PROXY §2.2, version 2.</summary>
public sealed class ProxyBlockReaderTests
{
    const string Signature = "0D0A0D0A000D0A515549540A";
    const string Ip4 = "C0000207 C6336401 DC04 01BB", Ip4Told = "192.0.2.7:56324";
    const string Ip6 = "20010DB8000000000000000000000007 20010DB8000000000000000000000001 DC04 01BB", Ip6Told = "[2001:db8::7]:56324";
    const string Mapped = "00000000000000000000FFFFC0000207 00000000000000000000FFFFC6336401 DC04 01BB";

    static string Outcome(string hex) => ProxyHeaderReaderTests.Outcome(Convert.FromHexString((Signature + hex).Replace(" ", "", StringComparison.Ordinal)));

    static string Zeros(int bytes) => new('0', bytes * 2);

    public static TheoryData<string, string> Headers => new()
    {
        // version and command, family, length, addresses, additions          who, how long
        { $"21 11 000C {Ip4}",                                                $"{Ip4Told}, 28 bytes" },
        { $"21 11 000C {Ip4} 474554202F",                                     $"{Ip4Told}, 28 bytes" },
        { $"21 11 0012 {Ip4} 04 0003 000000",                                 $"{Ip4Told}, 34 bytes" }, // PP2_TYPE_NOOP
        { $"21 11 000D {Ip4} FF",                                             $"{Ip4Told}, 29 bytes" }, // additions are skipped, not judged
        { $"21 11 1000 {Ip4}{Zeros(4084)} 16",                                $"{Ip4Told}, 4112 bytes" },
        { $"21 21 0024 {Ip6}",                                                $"{Ip6Told}, 52 bytes" },
        { $"21 21 0024 {Mapped}",                                             $"{Ip4Told}, 52 bytes" },
        // LOCAL: the proxy itself; the family is ignored, and the block is skipped
        { "20 00 0000",                                                       "nobody, 16 bytes" },
        { $"20 11 000C {Ip4}",                                                "nobody, 28 bytes" },
        { "20 FF 0003 AABBCC",                                                "nobody, 19 bytes" },
        { "20 11 0000",                                                       "nobody, 16 bytes" },
        // pairs that name no stream over IP
        { "21 00 0000",                                                       "nobody, 16 bytes" },
        { "21 00 0002 AABB",                                                  "nobody, 18 bytes" },
        { $"21 12 000C {Ip4}",                                                "nobody, 28 bytes" },
        { $"21 22 0024 {Ip6}",                                                "nobody, 52 bytes" },
        { $"21 31 00D8 {Zeros(216)}",                                         "nobody, 232 bytes" },
        { $"21 32 00D8 {Zeros(216)}",                                         "nobody, 232 bytes" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_block_names_the_client_and_not_a_byte_more_is_taken(string hex, string outcome) => Assert.Equal(outcome, Outcome(hex));

    public static TheoryData<string, ProxyHeaderFault> Broken => new()
    {
        { $"11 11 000C {Ip4}",               ProxyHeaderFault.BadVersion },
        { $"31 11 000C {Ip4}",               ProxyHeaderFault.BadVersion },
        { "00",                              ProxyHeaderFault.BadVersion },
        { $"22 11 000C {Ip4}",               ProxyHeaderFault.BadCommand },
        { "2F",                              ProxyHeaderFault.BadCommand },
        { $"21 01 000C {Ip4}",               ProxyHeaderFault.BadFamily },
        { $"21 10 000C {Ip4}",               ProxyHeaderFault.BadFamily },
        { $"21 13 000C {Ip4}",               ProxyHeaderFault.BadFamily },
        { $"21 20 0024 {Ip6}",               ProxyHeaderFault.BadFamily },
        { "21 30",                           ProxyHeaderFault.BadFamily },
        { "21 41",                           ProxyHeaderFault.BadFamily },
        { "21 FF",                           ProxyHeaderFault.BadFamily },
        { "21 11 000B",                      ProxyHeaderFault.AddressesCut },
        { "21 11 0000",                      ProxyHeaderFault.AddressesCut },
        { "21 12 000B",                      ProxyHeaderFault.AddressesCut },
        { $"21 21 0023 {Zeros(35)}",         ProxyHeaderFault.AddressesCut },
        { "21 31 00D7",                      ProxyHeaderFault.AddressesCut },
        { "21 11 1001",                      ProxyHeaderFault.TooLong },
        { "21 11 FFFF",                      ProxyHeaderFault.TooLong },
        { "20 00 1001",                      ProxyHeaderFault.TooLong },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_block_that_breaks_a_rule_is_refused_by_its_name_before_its_length_has_come(string hex, ProxyHeaderFault fault) => Assert.Equal($"{fault}", Outcome(hex));

    [Fact]
    public void Every_proper_prefix_wants_more()
    {
        byte[] block = Convert.FromHexString(Signature + "21210024" + Ip6.Replace(" ", "", StringComparison.Ordinal));
        for (int length = 0; length < block.Length; length++) Assert.True(ProxyHeaderReader.Read(block.AsSpan(0, length)).IsUnfinished);
    }
}
