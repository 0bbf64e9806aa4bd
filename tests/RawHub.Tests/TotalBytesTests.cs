namespace RawHub.Tests;

public class TotalBytesTests
{
    [Fact]
    public void Beyond_the_bound_the_least_recently_used_channels_shrink_first()
    {
        HubFixture fixture = new(total: 100);
        foreach (string channel in new[] { "old", "used", "new" }) fixture.Publish(channel, new string('x', 30));
        fixture.Subscribe("used").Subscription.Dispose();
        fixture.Publish("old", "");      // published to last: it is no longer the least recent
        fixture.Publish("new", new string('y', 20));
        Assert.InRange(fixture.Hub.KeptBytes, 1, 90);
        Assert.Equal(0, Kept(fixture, "used"));
        Assert.Equal(2, Kept(fixture, "old"));
        Assert.Equal(2, Kept(fixture, "new"));
        Assert.Equal(1, fixture.Hub.Counters.EvictedForTotal);
        Assert.Equal(LossReason.Evicted, fixture.Subscribe("used", "e0000002-0").Subscription.Position.Reason);
    }

    [Fact]
    public void What_leaves_for_other_reasons_is_no_longer_counted()
    {
        HubFixture fixture = new(messages: 1);
        fixture.Publish("a", "12345");
        fixture.Publish("a", "123");
        Assert.Equal(3, fixture.Hub.KeptBytes);
        fixture.Delete("a");
        Assert.Equal(0, fixture.Hub.KeptBytes);
    }

    [Fact]
    public void What_was_not_offered_yet_stays_however_much_it_is()
    {
        HubFixture fixture = new(total: 10);
        Recorder recorder = fixture.Subscribe("a");
        fixture.IsHeld = true;
        for (int i = 0; i < 5; i++) fixture.Publish("a", "12345");
        fixture.RunAll();
        Assert.Equal("12345 12345 12345 12345 12345 |", recorder.Text);
        Assert.InRange(fixture.Hub.KeptBytes, 0, 25);
    }

    static int Kept(HubFixture fixture, string channel) => fixture.Hub.TryDescribe(ChannelName.Parse(channel), out ChannelInfo info) ? info.Kept : -1;
}
