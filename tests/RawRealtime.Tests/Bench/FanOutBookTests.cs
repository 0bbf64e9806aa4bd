using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class FanOutBookTests
{
    readonly BenchLedger ledger = new();

    [Fact]
    public void Room_comes_by_half_a_window()
    {
        FanOutBook book = new(ledger, new(20), subscribers: 2, window: 4);
        (SequenceJudge one, SequenceJudge other) = (default, default);
        Assert.Equal(4, book.Room);
        for (int i = 0; i < 4; i++) book.Publish(0);
        for (int number = 0; number < 2; number++)
        {
            Assert.Equal(0, book.Room);
            book.Deliver(ref one, number, 1);
            book.Deliver(ref other, number, 1);
        }
        Assert.Equal(2, book.Room);
        Assert.False(book.IsSettled);
    }

    [Theory]
    [InlineData("0 1 2", 0, 0, 0)]
    [InlineData("0 2", 1, 0, 0)]
    [InlineData("0 1 1 2", 0, 1, 0)]
    [InlineData("0 2 1", 1, 1, 0)]
    [InlineData("0 1 2 3", 0, 0, 1)]
    public void A_lost_repeated_reordered_or_foreign_message_is_counted(string numbers, long lost, long repeated, long foreign)
    {
        FanOutBook book = new(ledger, new(20), subscribers: 1, window: 8);
        SequenceJudge judge = default;
        for (int i = 0; i < 3; i++) book.Publish(0);
        foreach (string number in numbers.Split(' ')) book.Deliver(ref judge, number[0] - '0', 1);
        Assert.Equal((lost, repeated, foreign), (ledger.CountOf(BenchFailure.Lost), ledger.CountOf(BenchFailure.RepeatedOrLate), ledger.CountOf(BenchFailure.WrongContent)));
        Assert.True(book.IsSettled);
    }
}
