using RawHub;
using RawRealtime.Server;

namespace RawRealtime.Tests.Server;

public sealed class KeyedPublisherTests : IDisposable
{
    readonly ServerRig rig = new();
    readonly KeyedPublisher keyed;

    public KeyedPublisherTests() => keyed = new(new(rig.Server.Hub, rig.Time));

    public void Dispose() => rig.Dispose();

    async Task<Published> PublishAsync(string? key) => await keyed.PublishAsync(new(default, true, null, Key: key), "x"u8.ToArray());

    [Fact]
    public async Task A_key_publishes_once_and_is_answered_twice()
    {
        Published first = await PublishAsync("k"), second = await PublishAsync("k");
        Assert.Equal("epoch001-1", first.Answer.Id.ToString());
        Assert.Equal(first.Answer, second.Answer);
        Assert.NotNull(first.Result);
        Assert.Null(second.Result);
        Assert.Equal("epoch001-2", (await PublishAsync(null)).Answer.Id.ToString());
    }

    [Fact]
    public async Task A_second_at_the_same_moment_waits_for_the_first()
    {
        Assert.Equal(KeyClaim.Publish, rig.Server.Hub.Keys.Claim(default, "k", () => { }, out _));
        Task<Published> second = PublishAsync("k");
        Assert.False(second.IsCompleted);
        rig.Server.Hub.Keys.Abandon(default, "k");
        Assert.Equal("epoch001-1", (await second.WaitAsync(TimeSpan.FromSeconds(30))).Answer.Id.ToString());
    }
}
