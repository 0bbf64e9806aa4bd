using Testing;

namespace RawWebSocket.Tests;

public sealed class AwaitedPongsTests
{
    readonly ManualTime time = new();
    readonly AwaitedPongs pongs;

    public AwaitedPongsTests() => pongs = new(time);

    Task<TimeSpan> Begin(out byte[] payload) => pongs.Begin(payload = new byte[AwaitedPongs.PayloadBytes]);

    [Fact]
    public async Task A_pong_tells_how_long_it_took()
    {
        Task<TimeSpan> first = Begin(out byte[] payload);
        time.Advance(1234);
        pongs.OnPong(payload);
        Assert.Equal(1234, (await first).TotalMilliseconds);
        pongs.OnPong(payload); // twice means nothing
    }

    /// <summary>RFC 6455 §5.5.3: a peer may answer only the ping that came last.</summary>
    [Fact]
    public async Task A_pong_answers_its_ping_and_those_before_but_none_after()
    {
        Task<TimeSpan> first = Begin(out _), second = Begin(out byte[] payload), third = Begin(out _);
        Assert.NotEqual(payload, new byte[8]);
        time.Advance(5);
        pongs.OnPong(payload);
        Assert.Equal((5, 5), ((await first).TotalMilliseconds, (await second).TotalMilliseconds));
        Assert.False(third.IsCompleted);
    }

    [Theory]
    [InlineData("5.5.3 unasked for", 8)]
    [InlineData("5.5.3 a keep-alive's", 0)]
    [InlineData("5.5.3 the application's", 125)]
    public void Another_pong_means_nothing(string rule, int length)
    {
        Task<TimeSpan> awaited = Begin(out _);
        pongs.OnPong(new byte[length]);
        Assert.False(awaited.IsCompleted, rule);
    }

    [Fact]
    public async Task After_the_end_nobody_waits_and_nobody_begins_to()
    {
        Task<TimeSpan> before = Begin(out _), forgotten = Begin(out _);
        pongs.Forget(forgotten);
        pongs.End(new IOException("gone"));
        await Assert.ThrowsAsync<IOException>(() => before);
        await Assert.ThrowsAsync<IOException>(() => Begin(out _));
        Assert.False(forgotten.IsCompleted);
    }
}
