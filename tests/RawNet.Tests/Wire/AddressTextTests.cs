using System.Net;
using System.Text;
using RawNet.Wire;

namespace RawNet.Tests.Wire;

public sealed class AddressTextTests
{
    static string? Ip4(string text)
    {
        byte[] address = new byte[4];
        return AddressText.TryReadIp4(Encoding.Latin1.GetBytes(text), address) ? new IPAddress(address).ToString() : null;
    }

    static string? Ip6(string text)
    {
        byte[] address = new byte[16];
        Array.Fill(address, (byte)0xA5);
        return AddressText.TryReadIp6(Encoding.Latin1.GetBytes(text), address) ? new IPAddress(address).ToString() : null;
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.7")]
    [InlineData("255.255.255.255")]
    public void Four_numbers_are_an_address(string text) => Assert.Equal(text, Ip4(text));

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.")]
    [InlineData(".1.2.3")]
    [InlineData("1..2.3")]
    [InlineData("256.1.1.1")]
    [InlineData("1.1.1.999999999999")]
    [InlineData("01.2.3.4")] // octal to some, decimal to others
    [InlineData("1.2.3.00")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("+1.2.3.4")]
    [InlineData("1.2.3.-4")]
    [InlineData("1.2.3.4 ")]
    [InlineData("1.2.3.4\0")]
    [InlineData("2130706433")]
    [InlineData("127.1")]
    [InlineData("1.2.3.\u00b2")]
    public void Whatever_else_some_readers_take_is_none(string text) => Assert.Null(Ip4(text));

    [Theory]
    // RFC 4291 §2.2
    [InlineData("ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", "abcd:ef01:2345:6789:abcd:ef01:2345:6789")]
    [InlineData("2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a")]
    [InlineData("2001:DB8::8:800:200C:417A", "2001:db8::8:800:200c:417a")]
    [InlineData("0001:0002::", "1:2::")]
    [InlineData("::1", "::1")]
    [InlineData("::", "::")]
    [InlineData("1::", "1::")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0")]
    [InlineData("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8")]
    [InlineData("::ffff:192.0.2.7", "::ffff:192.0.2.7")]
    [InlineData("64:ff9b::192.0.2.7", "64:ff9b::c000:207")]
    [InlineData("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304")]
    public void Groups_are_an_address(string text, string expected) => Assert.Equal(IPAddress.Parse(expected).ToString(), Ip6(text));

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("1:2:3:4::5:6:7:8")] // "::" would stand for nothing
    [InlineData("1::2::3")]
    [InlineData(":1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("-1::")]
    [InlineData("+1::")]
    [InlineData("1\0::")]
    [InlineData(" ::1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("fe80::1%1")]
    [InlineData("[::1]")]
    [InlineData("::1/64")]
    [InlineData("1.2.3.4::")]
    [InlineData("::1.2.3.4:5")]
    [InlineData("::1.2.3")]
    [InlineData("::01.2.3.4")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("1.2.3.4")]
    public void Groups_that_break_the_grammar_are_none(string text) => Assert.Null(Ip6(text));

    [Theory]
    [InlineData("0", 65535, 0)]
    [InlineData("65535", 65535, 65535)]
    [InlineData("65536", 65535, null)]
    [InlineData("00", 65535, null)]
    [InlineData("080", 65535, null)]
    [InlineData("", 65535, null)]
    [InlineData("1 ", 65535, null)]
    [InlineData("1\0", 65535, null)]
    [InlineData("-1", 65535, null)]
    [InlineData("99999", 99999, 99999)]
    [InlineData("100000", 99999, null)]
    public void A_number_is_digits_without_a_leading_zero(string text, int most, int? expected) =>
        Assert.Equal(expected, AddressText.TryReadNumber(Encoding.ASCII.GetBytes(text), most, out int number) ? number : null);
}
