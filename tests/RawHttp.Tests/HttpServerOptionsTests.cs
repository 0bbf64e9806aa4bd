namespace RawHttp.Tests;

public class HttpServerOptionsTests
{
    public static TheoryData<string, Func<int, HttpServerOptions>, int> Bounds => new()
    {
        // option                  set to                                               least
        { "head time",             n => new() { HeadMilliseconds = n },                 1 },
        { "idle time",             n => new() { IdleMilliseconds = n },                 1 },
        { "body rate",             n => new() { MinBodyBytesPerSecond = n },            1 },
        { "body grace",            n => new() { BodyGraceMilliseconds = n },            0 },
        { "requests",              n => new() { MaxRequests = n },                      1 },
        { "linger",                n => new() { LingerMilliseconds = n },               0 },
        { "linger in all",         n => new() { MaxLingerMilliseconds = n },            0 },
        { "read away",             n => new() { MaxDiscardBytes = n },                  0 },
    };

    [Theory, MemberData(nameof(Bounds))]
    public void Too_small_is_the_callers_mistake(string option, Func<int, HttpServerOptions> set, int least)
    {
        Assert.NotNull(set(least));
        Exception? refused = Record.Exception(() => set(least - 1));
        Assert.True(refused is ArgumentOutOfRangeException, option);
    }
}
