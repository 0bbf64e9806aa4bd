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
        fixture.Hub.Delete(channel.Name);
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
}
