using RawNet.Wire;

namespace RawNet.Tests.Wire;

/// <summary>PROXY §2.1, version 1.</summary>
public sealed class ProxyLineReaderTests
{
    static readonly string LongestTail = new('x', ProxyHeaderReader.MaxLineBytes - "PROXY UNKNOWN \r\n".Length);

    public static TheoryData<string, string> Headers => new()
    {
        // line, and what follows it                                                          who, how long
        { "PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n",                                  "192.0.2.7:56324, 45 bytes" },
        { "PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\nGET / HTTP/1.1\r\n",                "192.0.2.7:56324, 45 bytes" },
        { "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n",                       "255.255.255.255:65535, 56 bytes" },
        { "PROXY TCP4 0.0.0.0 0.0.0.0 0 0\r\n",                                               "0.0.0.0:0, 32 bytes" },
        { "PROXY TCP6 2001:db8::7 2001:db8::1 56324 443\r\n",                                 "[2001:db8::7]:56324, 46 bytes" },
        { "PROXY TCP6 2001:0db8:0000:0000:0000:0000:0000:0007 ::1 56324 443\r\n",             "[2001:db8::7]:56324, 66 bytes" },
        { "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n", "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535, 104 bytes" },
        { "PROXY TCP6 ::ffff:192.0.2.7 ::ffff:198.51.100.1 56324 443\r\n",                    "192.0.2.7:56324, 59 bytes" },
        { "PROXY UNKNOWN\r\n",                                                                "nobody, 15 bytes" },
        { "PROXY UNKNOWN \r\nx",                                                              "nobody, 16 bytes" },
        { "PROXY UNKNOWN ffff::zz whatever 0 99999999\r\n",                                   "nobody, 44 bytes" },
        { $"PROXY UNKNOWN {LongestTail}\r\n",                                                 "nobody, 107 bytes" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_line_names_the_client_and_not_a_byte_more_is_taken(string text, string outcome) =>
        Assert.Equal(outcome, ProxyHeaderReaderTests.Outcome(ProxyHeaderReaderTests.Bytes(text)));

    public static TheoryData<string, ProxyHeaderFault> Broken => new()
    {
        { "PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\n",              ProxyHeaderFault.BadLineEnd },
        { "PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\rX",             ProxyHeaderFault.BadLineEnd },
        { "PROXY TCP4 192.0.2.7\r198.51.100.1 56324 443\r\n",           ProxyHeaderFault.BadLineEnd },
        { "PROXY UNKNOWN a\nb\r\n",                                     ProxyHeaderFault.BadLineEnd },
        { "PROXY \r\r\n",                                               ProxyHeaderFault.BadLineEnd },
        { $"PROXY UNKNOWN {LongestTail}x\r\n",                          ProxyHeaderFault.TooLong },
        { $"PROXY UNKNOWN {LongestTail}xxxxxxxx",                       ProxyHeaderFault.TooLong },
        { "PROXY \r\n",                                                 ProxyHeaderFault.BadProtocol },
        { "PROXY  TCP4 192.0.2.7 198.51.100.1 56324 443\r\n",           ProxyHeaderFault.BadProtocol },
        { "PROXY TCP 192.0.2.7 198.51.100.1 56324 443\r\n",             ProxyHeaderFault.BadProtocol },
        { "PROXY TCP5 192.0.2.7 198.51.100.1 56324 443\r\n",            ProxyHeaderFault.BadProtocol },
        { "PROXY tcp4 192.0.2.7 198.51.100.1 56324 443\r\n",            ProxyHeaderFault.BadProtocol },
        { "PROXY UDP4 192.0.2.7 198.51.100.1 56324 443\r\n",            ProxyHeaderFault.BadProtocol },
        { "PROXY UNKNOWNS\r\n",                                         ProxyHeaderFault.BadProtocol },
        { "PROXY unknown\r\n",                                          ProxyHeaderFault.BadProtocol },
        { "PROXY TCP4\r\n",                                             ProxyHeaderFault.BadFields },
        { "PROXY TCP4 192.0.2.7\r\n",                                   ProxyHeaderFault.BadFields },
        { "PROXY TCP4 192.0.2.7 198.51.100.1 56324\r\n",                ProxyHeaderFault.BadFields },
        { "PROXY TCP4 192.0.2.7 198.51.100.1 56324 \r\n",               ProxyHeaderFault.BadFields },
        { "PROXY TCP4 192.0.2.7 198.51.100.1 56324 443 \r\n",           ProxyHeaderFault.BadFields },
        { "PROXY TCP4 192.0.2.7 198.51.100.1 56324 443 1\r\n",          ProxyHeaderFault.BadFields },
        { "PROXY TCP4 192.0.2.7  198.51.100.1 56324 443\r\n",           ProxyHeaderFault.BadFields },
        { "PROXY TCP4 192.0.2.07 198.51.100.1 56324 443\r\n",           ProxyHeaderFault.BadAddress },
        { "PROXY TCP4 0300.0.2.7 198.51.100.1 56324 443\r\n",           ProxyHeaderFault.BadAddress },
        { "PROXY TCP4 192.0.2 198.51.100.1 56324 443\r\n",              ProxyHeaderFault.BadAddress },
        { "PROXY TCP4 192.0.2.7 198.51.100.256 56324 443\r\n",          ProxyHeaderFault.BadAddress },
        { "PROXY TCP4 2001:db8::7 2001:db8::1 56324 443\r\n",           ProxyHeaderFault.BadAddress },
        { "PROXY TCP6 192.0.2.7 198.51.100.1 56324 443\r\n",            ProxyHeaderFault.BadAddress },
        { "PROXY TCP6 fe80::7%eth0 2001:db8::1 56324 443\r\n",          ProxyHeaderFault.BadAddress },
        { "PROXY TCP6 2001:db8::7 2001:db8:::1 56324 443\r\n",          ProxyHeaderFault.BadAddress },
        { "PROXY TCP4 192.0.2.7 198.51.100.1 65536 443\r\n",            ProxyHeaderFault.BadPort },
        { "PROXY TCP4 192.0.2.7 198.51.100.1 056324 443\r\n",           ProxyHeaderFault.BadPort },
        { "PROXY TCP4 192.0.2.7 198.51.100.1 +56324 443\r\n",           ProxyHeaderFault.BadPort },
        { "PROXY TCP4 192.0.2.7 198.51.100.1 56324 0x1bb\r\n",          ProxyHeaderFault.BadPort },
        { "PROXY TCP4 192.0.2.7 198.51.100.1 56324 00\r\n",             ProxyHeaderFault.BadPort },
        { "PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\t\r\n",          ProxyHeaderFault.BadPort },
        { "PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\0\r\n",          ProxyHeaderFault.BadPort },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_line_that_breaks_a_rule_is_refused_by_its_name(string text, ProxyHeaderFault fault) =>
        Assert.Equal($"{fault}", ProxyHeaderReaderTests.Outcome(ProxyHeaderReaderTests.Bytes(text)));

    [Fact]
    public void Every_proper_prefix_wants_more()
    {
        byte[] line = ProxyHeaderReaderTests.Bytes("PROXY TCP6 ::ffff:192.0.2.7 2001:db8::1 56324 443\r\n");
        for (int length = 0; length < line.Length; length++) Assert.True(ProxyHeaderReader.Read(line.AsSpan(0, length)).IsUnfinished);
    }
}
