namespace RawWebSocket.Tests;

public sealed class SendTurnsTests
{
    [Fact]
    public void Turns_are_given_in_the_order_in_which_they_were_asked_for()
    {
        var turns = new SendTurns();
        Assert.True(turns.IsNobodyWaiting);
        Task first = turns.TakeAsync(), second = turns.TakeAsync(), third = turns.TakeAsync();
        Assert.Equal((true, false, false, false), (first.IsCompleted, second.IsCompleted, third.IsCompleted, turns.IsNobodyWaiting));
        turns.Give();
        Assert.Equal((true, false), (second.IsCompleted, third.IsCompleted));
        turns.Give();
        Assert.Equal((true, false), (third.IsCompleted, turns.IsNobodyWaiting));
        turns.Give();
        Assert.True(turns.IsNobodyWaiting);
    }
}
