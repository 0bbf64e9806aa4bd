using RawWebSocket.Wire;

namespace RawWebSocket.Tests.Wire;

public sealed class ClosingHandshakeTests
{
    [Theory]
    [InlineData("7.1.2 we ask", CloseState.Open, CloseEvent.SentClose, CloseState.WeAsked)]
    [InlineData("5.5.1 they ask", CloseState.Open, CloseEvent.GotClose, CloseState.TheyAsked)]
    [InlineData("5.5.1 we reply", CloseState.TheyAsked, CloseEvent.SentClose, CloseState.Agreed)]
    [InlineData("7.1.4 they reply", CloseState.WeAsked, CloseEvent.GotClose, CloseState.Agreed)]
    [InlineData("7.1.5 without a close frame", CloseState.Open, CloseEvent.StreamEnded, CloseState.Ended)]
    [InlineData("7.1.5 without a reply", CloseState.WeAsked, CloseEvent.StreamEnded, CloseState.Ended)]
    [InlineData("7.1.5 before our reply", CloseState.TheyAsked, CloseEvent.StreamEnded, CloseState.Ended)]
    [InlineData("7.1.1 in order", CloseState.Agreed, CloseEvent.StreamEnded, CloseState.Ended)]
    [InlineData("once more", CloseState.Ended, CloseEvent.StreamEnded, CloseState.Ended)]
    public void The_table_says_what_follows(string rule, CloseState state, CloseEvent happened, CloseState next) =>
        Assert.True(next == ClosingHandshake.After(state, happened), rule);

    [Theory]
    [InlineData(CloseState.WeAsked, CloseEvent.SentClose)]
    [InlineData(CloseState.Agreed, CloseEvent.SentClose)]
    [InlineData(CloseState.Ended, CloseEvent.SentClose)]
    [InlineData(CloseState.TheyAsked, CloseEvent.GotClose)]
    [InlineData(CloseState.Agreed, CloseEvent.GotClose)]
    [InlineData(CloseState.Ended, CloseEvent.GotClose)]
    public void Any_other_pair_is_a_bug_of_ours(CloseState state, CloseEvent happened) =>
        Assert.Throws<InvalidOperationException>(() => ClosingHandshake.After(state, happened));
}
