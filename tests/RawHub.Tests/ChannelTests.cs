namespace RawHub.Tests;

public class ChannelTests
{
    [Fact]
    public void A_publisher_held_back_goes_on_when_its_messages_are_dispatched()
    {
        HubFixture fixture = new();
        fixture.Subscribe("a");
        fixture.IsHeld = true;
        int called = 0;
        fixture.Publish("a", "1").Channel!.WhenDispatched(() => called++);
        Assert.Equal(0, called);
        fixture.RunAll();
        Assert.Equal(1, called);
    }

    [Fact]
    public void It_goes_on_at_once_when_nothing_waits_and_also_when_the_channel_is_deleted()
    {
        HubFixture fixture = new();
        int called = 0;
        Channel channel = fixture.Publish("a", "1").Channel!;
        channel.WhenDispatched(() => called++);
        Assert.Equal(1, called);
        fixture.Subscribe("a");
        fixture.IsHeld = true;
        fixture.Publish("a", "2");
        channel.WhenDispatched(() => called++);
        fixture.Hub.Delete(channel.Name, out _);
        Assert.Equal(2, called);
        channel.WhenDispatched(() => called++);
        Assert.Equal(3, called);
        fixture.RunAll();
        Assert.Equal(3, called);
    }

    [Fact]
    public void A_stalled_subscriber_does_not_hold_the_publisher_back()
    {
        HubFixture fixture = new();
        fixture.Subscribe("a", room: 0);
        fixture.Publish("a", "1");
        Assert.Equal(1, fixture.Publish("a", "2").Backlog);
        int called = 0;
        fixture.Publish("a", "3").Channel!.WhenDispatched(() => called++);
        Assert.Equal(1, called);
    }

    [Fact]
    public void What_has_expired_leaves_and_frees_what_it_took_without_counting_as_lost()
    {
        HubFixture fixture = new();
        for (int i = 1; i <= 3; i++) fixture.Publish("a", $"{i}", ttlMs: i == 2 ? 0 : 1_000);
        fixture.Hub.Tick(1_000);
        Assert.True(fixture.Hub.TryDescribe(ChannelName.Parse("a"), out ChannelInfo info));
        Assert.Equal((1, 1L, "e0000001-3"), (info.Kept, info.Bytes, info.Cursor.ToString()));
        Assert.Equal((1, 1L), (fixture.Hub.MessagesInUse, fixture.Hub.KeptBytes));
        Recorder recorder = fixture.Subscribe("a", "e0000001-0");
        Assert.True(recorder.Subscription.Position.Recovered);
        Assert.Equal("2 |", recorder.Text);
        Assert.Equal("e0000001-3", recorder.Subscription.Cursor);
    }

    [Fact]
    public void Who_is_there_by_name_is_told_when_it_starts_leaves_or_gives_the_channel_up()
    {
        HubFixture fixture = new();
        Recorder recorder = fixture.Subscribe("a b n.*", starts: false);
        Assert.Empty(fixture.Presence);
        recorder.Subscription.Start();
        recorder.Subscription.Remove(HubFixture.Pattern("a"));
        recorder.Subscription.Dispose();
        recorder.Subscription.Dispose();
        Assert.Equal(["+a", "+b", "-a", "-b"], fixture.Presence);
    }
}
