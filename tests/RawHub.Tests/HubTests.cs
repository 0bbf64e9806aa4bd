using System.Text;

namespace RawHub.Tests;

public class HubTests
{
    static readonly ChannelName A = ChannelName.Parse("a");

    [Fact]
    public void Offsets_begin_at_1_and_grow_by_one_per_channel()
    {
        HubFixture fixture = new();
        Assert.Equal("e0000001-1", fixture.Publish("a", "x").Id.ToString());
        Assert.Equal("e0000001-2", fixture.Publish("a", "x").Id.ToString());
        Assert.Equal("e0000002-1", fixture.Publish("b", "x").Id.ToString());
    }

    [Fact]
    public void A_publisher_learns_how_many_subscribers_there_were()
    {
        HubFixture fixture = new();
        Assert.Equal(0, fixture.Publish("a", "x").Subscribers);
        fixture.Subscribe("a");
        fixture.Subscribe("a", starts: false);
        Assert.Equal(2, fixture.Publish("a", "x").Subscribers);
    }

    [Fact]
    public void A_snapshot_counts_by_transport_and_shows_what_is_kept()
    {
        HubFixture fixture = new(messages: 2);
        foreach (TransportKind kind in Enum.GetValues<TransportKind>())
        {
            for (int i = 0; i <= (int)kind; i++) fixture.Hub.Subscribe([new(A)], null, new Recorder(), new(kind));
        }
        for (int i = 0; i < 3; i++) fixture.Publish("a", "12345");
        ChannelInfo expected = new(A, 1, 2, 3, 2, 10, new(HubFixture.EpochNumber(1), 3));
        Assert.Equal([expected], fixture.Hub.Snapshot());
        Assert.True(fixture.Hub.TryDescribe(A, out ChannelInfo found));
        Assert.Equal(expected, found);
        Assert.False(fixture.Hub.TryDescribe(ChannelName.Parse("b"), out _));
    }

    [Fact]
    public void An_unused_empty_channel_keeps_its_epoch_for_ten_minutes()
    {
        HubFixture fixture = new(ageMs: 1000);
        fixture.Publish("a", "x");
        fixture.Hub.Tick(2_000);
        Assert.Equal(0, Assert.Single(fixture.Hub.Snapshot()).Kept);
        fixture.Hub.Tick(601_999);
        Assert.Equal("e0000001-1", fixture.Subscribe("a", "e0000001-1").Subscription.Position.From);
        fixture.Hub.Snapshot();
    }

    [Fact]
    public void And_then_loses_it_so_that_an_old_cursor_is_told()
    {
        HubFixture fixture = new(ageMs: 1000);
        fixture.Publish("a", "x");
        fixture.Hub.Tick(2_000);
        fixture.Hub.Tick(602_000);
        Assert.Empty(fixture.Hub.Snapshot());
        Assert.Equal(LossReason.EpochChanged, fixture.Subscribe("a", "e0000001-1").Subscription.Position.Reason);
    }

    [Fact]
    public void Use_in_between_starts_the_ten_minutes_anew()
    {
        HubFixture fixture = new();
        Recorder recorder = fixture.Subscribe("a");
        fixture.Hub.Tick(1_000_000);
        recorder.Subscription.Dispose();
        fixture.Hub.Tick(1_001_000);
        fixture.Subscribe("a").Subscription.Dispose();
        fixture.Hub.Tick(1_002_000);
        fixture.Hub.Tick(1_601_999);
        Assert.Single(fixture.Hub.Snapshot());
        fixture.Hub.Tick(1_603_000);
        Assert.Empty(fixture.Hub.Snapshot());
    }

    [Fact]
    public void A_hub_full_of_channels_refuses_new_ones_and_serves_the_old()
    {
        HubFixture fixture = new(channels: 2);
        fixture.Publish("a", "x");
        fixture.Publish("b", "x");
        Assert.True(fixture.Publish("c", "x").IsRefused);
        Assert.False(fixture.Publish("a", "x").IsRefused);
        Assert.Null(fixture.Hub.Subscribe([new(A), HubFixture.Pattern("c")], null, new Recorder(), new(TransportKind.Poll)));
        Assert.Equal(0, fixture.Publish("a", "x").Subscribers);
        Assert.Equal(4, fixture.Hub.MessagesInUse);
    }

    [Fact]
    public void Subscribing_to_none_to_too_many_or_to_one_twice_is_the_callers_mistake()
    {
        Hub hub = new HubFixture().Hub;
        ChannelPattern[] many = [.. Enumerable.Range(0, 65).Select(i => HubFixture.Pattern($"{i}"))];
        foreach (ChannelPattern[] names in new[] { [], many, [new(A), new(A)] })
            Assert.Throws<ArgumentException>(() => hub.Subscribe(names, null, new Recorder(), new(TransportKind.Poll)));
    }

    [Fact]
    public void The_name_of_an_existing_channel_is_found_without_making_a_string()
    {
        HubFixture fixture = new();
        fixture.Publish("a", "x");
        Assert.True(fixture.Hub.TryFindName("a"u8, out ChannelName name));
        Assert.Equal(A, name);
        Assert.False(fixture.Hub.TryFindName("b"u8, out _));
        Assert.False(fixture.Hub.TryFindName(Encoding.UTF8.GetBytes("a\0"), out _));
    }
}
