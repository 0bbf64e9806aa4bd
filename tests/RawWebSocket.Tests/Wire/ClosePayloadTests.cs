using RawWebSocket.Wire;

namespace RawWebSocket.Tests.Wire;

public sealed class ClosePayloadTests
{
    [Theory]
    [InlineData("5.5.1 one byte", "03", WsFault.CloseCodeCutShort, 1005)]
    [InlineData("7.4.1 no status sent", "03ED", WsFault.CloseCodeNotAllowed, 1005)]
    [InlineData("7.4.1 abnormal sent", "03EE 6F6B", WsFault.CloseCodeNotAllowed, 1006)]
    [InlineData("7.4.2 code 0", "0000", WsFault.CloseCodeNotAllowed, 0)]
    [InlineData("7.4 code 65535", "FFFF", WsFault.CloseCodeNotAllowed, 65535)]
    [InlineData("5.5.1 reason overlong", "03E8 C0AF", WsFault.CloseReasonNotUtf8, 1000)]
    [InlineData("5.5.1 reason cut short", "03E8 41 E282", WsFault.CloseReasonNotUtf8, 1000)]
    [InlineData("7.1.5 empty", "", WsFault.None, 1005)]
    [InlineData("5.5.1 code", "03E8", WsFault.None, 1000)]
    [InlineData("5.5.1 code and reason", "0FA0 4279 65", WsFault.None, 4000)]
    public void A_payload_is_read_or_its_broken_rule_is_named(string rule, string hex, WsFault fault, int code)
    {
        Assert.True(fault == ClosePayload.Read(Bytes.Of(hex), out CloseCode read), rule);
        Assert.Equal(code, (int)read);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        byte[] bytes = new byte[FrameRules.MaxControlBytes];
        int length = ClosePayload.Write(bytes, CloseCode.GoingAway, "Tschüß");
        Assert.Equal(WsFault.None, ClosePayload.Read(bytes.AsSpan(0, length), out CloseCode code));
        Assert.Equal(CloseCode.GoingAway, code);
        Assert.Equal("Tschüß"u8, bytes.AsSpan(2, length - 2));
    }

    [Fact]
    public void No_status_is_written_as_nothing() => Assert.Equal(0, ClosePayload.Write([], CloseCode.NoStatus, ""));

    [Fact]
    public void A_reason_of_123_bytes_fits_and_one_more_is_the_callers_mistake()
    {
        byte[] bytes = new byte[FrameRules.MaxControlBytes];
        Assert.Equal(125, ClosePayload.Write(bytes, CloseCode.Normal, new string('x', 123)));
        Assert.Throws<ArgumentException>(() => ClosePayload.Write(bytes, CloseCode.Normal, new string('x', 124)));
        Assert.Throws<ArgumentException>(() => ClosePayload.Write(bytes, CloseCode.Normal, new string('ü', 62)));
    }

    [Theory]
    [InlineData(CloseCode.Abnormal)]
    [InlineData(CloseCode.TlsFailed)]
    [InlineData((CloseCode)1004)]
    [InlineData((CloseCode)2999)]
    public void A_code_that_may_not_travel_is_the_callers_mistake(CloseCode code) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClosePayload.Write(new byte[125], code, ""));

    [Fact]
    public void A_reason_without_a_code_is_the_callers_mistake() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClosePayload.Write(new byte[125], CloseCode.NoStatus, "why"));
}
