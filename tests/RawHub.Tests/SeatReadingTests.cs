namespace RawHub.Tests;

public class SeatReadingTests
{
    static Recorder Slow(HubFixture fixture, int publish, string data = "")
    {
        Recorder recorder = fixture.Subscribe("a", room: 1);
        for (int i = 1; i <= publish; i++) fixture.Publish("a", data + i);
        recorder.Log.Clear();
        recorder.Room = 99;
        recorder.Subscription.Resume();
        return recorder;
    }

    [Fact]
    public void Drop_oldest_skips_what_is_more_than_may_wait_and_tells_where() =>
        Assert.Equal("lost:a:Dropped:e0000001-7 8 9 10 |", Slow(new(slow: new(SlowKind.DropOldest, MaxMessages: 3)), 10).Text);

    [Fact]
    public void By_bytes_too_but_never_the_newest()
    {
        Assert.Equal("lost:a:Dropped:e0000001-7 xx8 xx9 |", Slow(new(slow: new(SlowKind.DropOldest, MaxBytes: 7)), 9, "xx").Text);
        Assert.Equal("lost:a:Dropped:e0000001-8 xx9 |", Slow(new(slow: new(SlowKind.DropOldest, MaxBytes: 1)), 9, "xx").Text);
    }

    [Fact]
    public void Latest_only_skips_all_but_the_newest()
    {
        HubFixture fixture = new(slow: new(SlowKind.LatestOnly));
        Assert.Equal("lost:a:Dropped:e0000001-9 10 |", Slow(fixture, 10).Text);
        Assert.Equal(8, fixture.Hub.Counters.Dropped);
    }

    [Fact]
    public void Latest_only_tells_of_nothing_when_only_one_waits() => Assert.Equal("2 |", Slow(new(slow: new(SlowKind.LatestOnly)), 2).Text);

    [Fact]
    public void Who_is_not_slow_loses_nothing()
    {
        HubFixture fixture = new(slow: new(SlowKind.LatestOnly));
        Recorder recorder = fixture.Subscribe("a");
        fixture.IsHeld = true;
        for (int i = 1; i <= 5; i++) fixture.Publish("a", $"{i}");
        fixture.RunAll();
        Assert.Equal("1 2 3 4 5 |", recorder.Text);
    }

    [Fact]
    public void What_is_caught_up_with_does_not_count_as_slow()
    {
        HubFixture fixture = new(slow: new(SlowKind.DropOldest, MaxMessages: 2));
        for (int i = 1; i <= 6; i++) fixture.Publish("a", $"{i}");
        Recorder recorder = fixture.Subscribe("a", Cursor.Earliest, room: 2);
        recorder.Room = 99;
        recorder.Subscription.Resume();
        Assert.Equal("1 2 | 3 4 5 6 |", recorder.Text);
    }

    [Fact]
    public void Disconnect_ends_one_that_more_waits_for_than_may_even_while_it_is_stalled()
    {
        HubFixture fixture = new(slow: new(SlowKind.Disconnect, MaxMessages: 3));
        Recorder recorder = fixture.Subscribe("a", room: 1);
        for (int i = 1; i <= 4; i++) fixture.Publish("a", $"{i}");
        Assert.Equal("1 |", recorder.Text);
        fixture.Publish("a", "5");
        Assert.Equal("1 | slow:a", recorder.Text);
        Assert.Equal("e0000001-1", recorder.Subscription.Cursor);
        Assert.Equal(0, fixture.Publish("a", "6").Subscribers);
        Assert.Equal(1, fixture.Hub.Counters.Disconnected);
    }

    [Fact]
    public void Disconnect_ends_one_whose_messages_are_no_longer_kept() =>
        Assert.Equal("slow:a", Slow(new(messages: 3, slow: new(SlowKind.Disconnect)), 9).Text);

    [Fact]
    public void Disconnect_counts_bytes()
    {
        HubFixture fixture = new(slow: new(SlowKind.Disconnect, MaxBytes: 5));
        Recorder recorder = fixture.Subscribe("a", room: 0);
        fixture.Publish("a", "123");
        Assert.Equal("", recorder.Text);
        fixture.Publish("a", "123");
        Assert.Equal("slow:a", recorder.Text);
    }

    [Fact]
    public void A_channel_may_have_a_policy_of_its_own()
    {
        HubFixture fixture = new(slow: new(SlowKind.Disconnect), slowChannels: new ChannelSlowPolicy(HubFixture.Pattern("a*"), new(SlowKind.LatestOnly)));
        Assert.StartsWith("lost:a:", Slow(fixture, 9).Text);
    }

    [Fact]
    public void What_is_not_wanted_is_passed_over_and_the_cursor_goes_on()
    {
        HubFixture fixture = new();
        Recorder recorder = fixture.Subscribe("a", events: ["tick"]);
        fixture.Publish("a", "1", "tick");
        for (int i = 2; i <= 700; i++) fixture.Publish("a", "no", "tock");
        Assert.Equal("1 |", recorder.Text);
        Assert.Equal("e0000001-700", recorder.Subscription.Cursor);
        Recorder late = fixture.Subscribe("a", Cursor.Earliest, events: ["tick", "none"]);
        Assert.Equal("1 |", late.Text);
        Assert.Equal("e0000001-700", late.Subscription.Cursor);
    }

    [Fact]
    public void What_has_expired_is_passed_over_without_a_word()
    {
        HubFixture fixture = new();
        fixture.Publish("a", "1");
        fixture.Publish("a", "short", ttlMs: 500);
        fixture.Publish("a", "3");
        fixture.Hub.Tick(501);
        Recorder recorder = fixture.Subscribe("a", Cursor.Earliest);
        Assert.Equal("1 3 |", recorder.Text);
        Assert.True(recorder.Subscription.Position.Recovered);
        Assert.Equal("e0000001-3", recorder.Subscription.Cursor);
        fixture.Publish("a", "4");
        Assert.Equal("1 3 | 4 |", recorder.Text);
    }

    [Fact]
    public void All_channels_of_a_subscriber_without_room_count_as_slow_whichever_filled_it()
    {
        HubFixture fixture = new(slow: new(SlowKind.LatestOnly));
        Recorder recorder = fixture.Subscribe("a b", room: 1);
        fixture.Publish("a", "a1");
        fixture.Publish("a", "a2");
        for (int i = 1; i <= 5; i++) fixture.Publish("b", $"b{i}");
        recorder.Log.Clear();
        recorder.Room = 99;
        recorder.Subscription.Resume();
        Assert.Contains("a2", recorder.Log);
        Assert.Contains("b5", recorder.Log);
        Assert.DoesNotContain("b4", recorder.Log);
        Assert.Single(recorder.Log, word => word.StartsWith("lost:b:", StringComparison.Ordinal));
    }

    [Fact]
    public void Latest_only_keeps_the_newest_that_is_wanted()
    {
        HubFixture fixture = new(slow: new(SlowKind.LatestOnly));
        Recorder recorder = fixture.Subscribe("a", room: 1, events: ["tick"]);
        foreach (string name in (string[])["tick", "tick", "tick", "tock"]) fixture.Publish("a", name, name);
        recorder.Log.Clear();
        recorder.Room = 99;
        recorder.Subscription.Resume();
        Assert.Equal("lost:a:Dropped:e0000001-2 tick |", recorder.Text);
        Assert.Equal("e0000001-4", recorder.Subscription.Cursor);
    }
}
