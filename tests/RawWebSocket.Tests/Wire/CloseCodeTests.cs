using RawWebSocket.Wire;

namespace RawWebSocket.Tests.Wire;

public sealed class CloseCodeTests
{
    [Theory]
    [InlineData("7.4.2 not used", 0, false)]
    [InlineData("7.4.2 not used", 999, false)]
    [InlineData("7.4.1 normal", 1000, true)]
    [InlineData("7.4.1 going away", 1001, true)]
    [InlineData("7.4.1 protocol error", 1002, true)]
    [InlineData("7.4.1 unsupported data", 1003, true)]
    [InlineData("7.4.1 reserved", 1004, false)]
    [InlineData("7.4.1 no status", 1005, false)]
    [InlineData("7.4.1 abnormal", 1006, false)]
    [InlineData("7.4.1 invalid data", 1007, true)]
    [InlineData("7.4.1 policy", 1008, true)]
    [InlineData("7.4.1 too big", 1009, true)]
    [InlineData("7.4.1 extension", 1010, true)]
    [InlineData("7.4.1 internal", 1011, true)]
    [InlineData("IANA service restart", 1012, true)]
    [InlineData("IANA try again later", 1013, true)]
    [InlineData("IANA bad gateway", 1014, true)]
    [InlineData("7.4.1 TLS", 1015, false)]
    [InlineData("7.4.2 not registered", 1016, false)]
    [InlineData("7.4.2 not registered", 1100, false)]
    [InlineData("7.4.2 not registered", 2000, false)]
    [InlineData("7.4.2 not registered", 2999, false)]
    [InlineData("7.4.2 libraries", 3000, true)]
    [InlineData("7.4.2 libraries", 3999, true)]
    [InlineData("7.4.2 private", 4000, true)]
    [InlineData("7.4.2 private", 4999, true)]
    [InlineData("7.4 no such range", 5000, false)]
    [InlineData("7.4 no such range", 65535, false)]
    public void A_code_travels_only_when_the_rfc_or_the_registry_lets_it(string rule, ushort code, bool travels) =>
        Assert.True(travels == ((CloseCode)code).MayTravel(), rule);
}
