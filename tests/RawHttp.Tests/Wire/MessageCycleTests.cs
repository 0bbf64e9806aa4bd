using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class MessageCycleTests
{
    [Theory]
    [InlineData("RequestBegan HeadRead Answered NextMayCome RequestBegan HeadRead Answered Closing StreamEnded", CycleState.Ended)]
    [InlineData("RequestBegan HeadRead Held Answered NextMayCome", CycleState.Idle)]
    [InlineData("RequestBegan HeadRead Switched", CycleState.Upgraded)]
    [InlineData("RequestBegan Refused", CycleState.Lingering)]
    [InlineData("RequestBegan HeadRead Refused", CycleState.Lingering)]
    [InlineData("Closing", CycleState.Lingering)]
    [InlineData("StreamEnded", CycleState.Ended)]
    public void Lives_of_a_connection(string events, CycleState expected)
    {
        var state = CycleState.Idle;
        foreach (string happened in events.Split(' ')) state = MessageCycle.After(state, Enum.Parse<CycleEvent>(happened));
        Assert.Equal(expected, state);
    }

    [Fact]
    public void The_table_has_eleven_rows_besides_the_end_and_every_other_pair_is_a_bug()
    {
        int rows = 0;
        foreach (CycleState state in Enum.GetValues<CycleState>())
            foreach (CycleEvent happened in Enum.GetValues<CycleEvent>())
                if (happened == CycleEvent.StreamEnded) Assert.Equal(CycleState.Ended, MessageCycle.After(state, happened));
                else if (IsListed(state, happened)) rows++;
        Assert.Equal(11, rows);
    }

    [Theory]
    [InlineData(CycleState.Lingering, CycleEvent.RequestBegan)] // never resynchronise after a refusal
    [InlineData(CycleState.Handling, CycleEvent.NextMayCome)]   // no second request before the first is answered
    [InlineData(CycleState.Held, CycleEvent.Held)]
    [InlineData(CycleState.Upgraded, CycleEvent.Answered)]
    [InlineData(CycleState.Idle, CycleEvent.HeadRead)]
    public void Forbidden_pairs(CycleState state, CycleEvent happened) => Assert.False(IsListed(state, happened));

    static bool IsListed(CycleState state, CycleEvent happened)
    {
        try
        {
            MessageCycle.After(state, happened);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
