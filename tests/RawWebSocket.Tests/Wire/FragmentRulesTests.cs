using RawWebSocket.Wire;

namespace RawWebSocket.Tests.Wire;

public sealed class FragmentRulesTests
{
    [Theory]
    [InlineData("5.4 nothing to continue", 0x80, false, WsFault.NothingToContinue)]
    [InlineData("5.4 nothing to continue, more to come", 0x00, false, WsFault.NothingToContinue)]
    [InlineData("5.4 text inside a message", 0x81, true, WsFault.MessageInsideMessage)]
    [InlineData("5.4 binary inside a message", 0x82, true, WsFault.MessageInsideMessage)]
    [InlineData("5.4 first fragment inside a message", 0x01, true, WsFault.MessageInsideMessage)]
    [InlineData("5.4 continued", 0x00, true, WsFault.None)]
    [InlineData("5.4 ended", 0x80, true, WsFault.None)]
    [InlineData("5.4 whole message", 0x81, false, WsFault.None)]
    [InlineData("5.4 first fragment", 0x02, false, WsFault.None)]
    [InlineData("5.4 ping between fragments", 0x89, true, WsFault.None)]
    [InlineData("5.4 close between fragments", 0x88, true, WsFault.None)]
    [InlineData("5.4 pong between messages", 0x8A, false, WsFault.None)]
    public void The_rule_a_header_breaks_in_its_place_is_named(string rule, byte first, bool insideMessage, WsFault expected) =>
        Assert.True(expected == FragmentRules.Check(new FrameHeader(first, true, 0, 0, 0), insideMessage), rule);
}
