using RawWebSocket.Wire;

namespace RawWebSocket.Tests;

public sealed class WsClosedExceptionTests
{
    [Fact]
    public void Every_ending_has_its_own_sentence()
    {
        string[] all = [.. Enum.GetValues<WsEnding>().Select(ending => WsClosedException.DetailOf(ending, WsFault.TextNotUtf8))];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.All(all, sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
        Assert.Throws<ArgumentOutOfRangeException>(() => WsClosedException.DetailOf((WsEnding)99, WsFault.None));
    }

    [Theory]
    [InlineData(WsFault.MessageTooBig, "MaxMessageBytes")]
    [InlineData(WsFault.TooManyFragments, "MaxFragments")]
    [InlineData(WsFault.TextNotUtf8, "peer's makers")]
    public void A_broken_rule_is_named_with_what_can_be_done(WsFault fault, string cure)
    {
        string sentence = WsClosedException.DetailOf(WsEnding.Refused, fault);
        Assert.Contains(WsFaults.ReasonOf(fault), sentence, StringComparison.Ordinal);
        Assert.Contains(cure, sentence, StringComparison.Ordinal);
    }
}
