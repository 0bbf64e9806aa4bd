namespace RawNet.Tests;

public sealed class SendQueueOptionsTests
{
    public static TheoryData<string, Func<int, SendQueueOptions>, int> Bounds => new()
    {
        // option       set to                                       least
        { "bytes",      n => new() { MaxBytes = n },                 0 },
        { "owed bytes", n => new() { OwedBytes = n },                0 },
        { "stall",      n => new() { StallMilliseconds = n },        1 },
        { "rate",       n => new() { MinBytesPerSecond = n },        1 },
        { "grace",      n => new() { GraceMilliseconds = n },        0 },
    };

    [Fact]
    public void No_budget_is_shared_unless_one_is_given() => Assert.Null(SendQueueOptions.Default.Budget);

    [Theory, MemberData(nameof(Bounds))]
    public void Too_small_is_the_callers_mistake(string option, Func<int, SendQueueOptions> set, int least)
    {
        Assert.NotNull(set(least));
        Exception? refused = Record.Exception(() => set(least - 1));
        Assert.True(refused is ArgumentOutOfRangeException, option);
    }
}
