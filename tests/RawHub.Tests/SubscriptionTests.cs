namespace RawHub.Tests;

public class SubscriptionTests
{
    readonly HubFixture fixture = new(messages: 3);

    [Fact]
    public void Without_a_cursor_only_new_messages_come()
    {
        fixture.Publish("a", "1");
        Recorder recorder = fixture.Subscribe("a");
        Assert.True(recorder.Subscription.Position.Recovered);
        Assert.Equal("e0000001-1", recorder.Subscription.Position.From);
        fixture.Publish("a", "2");
        Assert.Equal("2 |", recorder.Text);
        Assert.Equal("e0000001-2", recorder.Subscription.Cursor);
    }

    [Fact]
    public void With_a_cursor_what_came_since_comes_first_in_one_batch()
    {
        string cursor = fixture.Publish("a", "1").Id.ToString();
        fixture.Publish("a", "2");
        fixture.Publish("a", "3");
        Assert.Equal("2 3 |", fixture.Subscribe("a", cursor).Text);
    }

    [Theory]
    [InlineData("e0000001-1", LossReason.Evicted)]
    [InlineData("e0000009-1", LossReason.EpochChanged)]
    [InlineData("e0000001-9", LossReason.Unknown)]
    [InlineData("nonsense", LossReason.Unknown)]
    public void What_is_lost_is_told_and_delivery_goes_on_with_the_oldest_kept(string cursor, LossReason reason)
    {
        for (int i = 1; i <= 5; i++) fixture.Publish("a", $"{i}");
        Recorder recorder = fixture.Subscribe("a", cursor);
        Assert.False(recorder.Subscription.Position.Recovered);
        Assert.Equal(reason, recorder.Subscription.Position.Reason);
        Assert.Equal("e0000001-2", recorder.Subscription.Position.From);
        Assert.Equal("3 4 5 |", recorder.Text);
    }

    [Fact]
    public void Of_several_channels_each_has_its_own_position_and_its_own_loss()
    {
        for (int i = 1; i <= 5; i++) fixture.Publish("a", $"a{i}");
        fixture.Publish("b", "b1");
        Position position = fixture.Subscribe("b a", "e0000002-1.e0000001-1").Subscription.Position;
        Assert.Equal("e0000002-1.e0000001-2", position.From);
        Assert.Equal([new LostChannel(HubFixture.Pattern("a"), LossReason.Evicted)], position.Lost.ToArray());
    }

    [Fact]
    public void Nothing_comes_before_Start_and_nothing_is_missing_after_it()
    {
        Recorder recorder = fixture.Subscribe("a", starts: false);
        fixture.Publish("a", "1");
        Assert.Empty(recorder.Log);
        recorder.Subscription.Start();
        Assert.Equal("1 |", recorder.Text);
    }

    [Fact]
    public void What_is_to_be_done_soon_is_done_by_the_scheduler()
    {
        Recorder recorder = fixture.Subscribe("a", starts: false, room: 1);
        fixture.Publish("a", "1");
        fixture.Publish("a", "2");
        fixture.IsHeld = true;
        recorder.Subscription.StartSoon();
        Assert.Empty(recorder.Log);
        fixture.RunAll();
        Assert.Equal("1 |", recorder.Text);
        recorder.Room = 1;
        recorder.Subscription.ResumeSoon();
        Assert.Equal("1 |", recorder.Text);
        fixture.RunAll();
        Assert.Equal("1 | 2 |", recorder.Text);
    }

    [Fact]
    public void A_start_that_comes_after_the_end_is_none()
    {
        Recorder recorder = fixture.Subscribe("a", starts: false);
        fixture.Publish("a", "1");
        fixture.IsHeld = true;
        recorder.Subscription.StartSoon();
        recorder.Subscription.Dispose();
        fixture.RunAll();
        Assert.Empty(recorder.Log);
        Assert.Empty(fixture.Presence);
    }

    [Fact]
    public void A_refused_message_comes_again_first_after_Resume()
    {
        Recorder recorder = fixture.Subscribe("a", room: 1);
        fixture.Publish("a", "1");
        fixture.Publish("a", "2");
        fixture.Publish("a", "3");
        Assert.Equal("1 |", recorder.Text);
        Assert.Equal("e0000001-1", recorder.Subscription.Cursor);
        recorder.Room = 9;
        recorder.Subscription.Resume();
        Assert.Equal("1 | 2 3 |", recorder.Text);
    }

    [Fact]
    public void A_Resume_that_comes_during_a_refusal_is_not_forgotten()
    {
        Recorder recorder = fixture.Subscribe("a");
        bool refused = false;
        recorder.Before = _ =>
        {
            if (refused) return true;
            refused = true;
            recorder.Subscription.Resume();
            return false;
        };
        fixture.Publish("a", "1");
        Assert.Equal("1 |", recorder.Text);
    }

    [Fact]
    public void One_that_falls_out_of_the_history_while_stalled_is_told_where()
    {
        Recorder recorder = fixture.Subscribe("a", room: 1);
        for (int i = 1; i <= 6; i++) fixture.Publish("a", $"{i}");
        recorder.Log.Clear();
        recorder.Room = 9;
        recorder.Subscription.Resume();
        Assert.Equal("lost:a:Dropped:e0000001-3 4 5 6 |", recorder.Text);
    }

    [Fact]
    public void The_cursor_during_a_delivery_includes_the_message_delivered()
    {
        Recorder recorder = fixture.Subscribe("a b");
        recorder.Before = message =>
        {
            recorder.Log.Add(recorder.Subscription.Cursor);
            return true;
        };
        fixture.Publish("b", "x");
        Assert.Equal("e0000001-0.e0000002-1 x |", recorder.Text);
    }

    [Fact]
    public void After_Dispose_nothing_comes_and_the_cursor_stays()
    {
        Recorder recorder = fixture.Subscribe("a");
        fixture.Publish("a", "1");
        recorder.Subscription.Dispose();
        recorder.Subscription.Dispose();
        Assert.Equal(0, fixture.Publish("a", "2").Subscribers);
        recorder.Subscription.Resume();
        Assert.Equal("1 |", recorder.Text);
        Assert.Equal("e0000001-1", recorder.Subscription.Cursor);
    }

    [Fact]
    public void Dispose_inside_a_delivery_makes_it_the_last()
    {
        fixture.Publish("a", "1");
        fixture.Publish("a", "2");
        Recorder recorder = fixture.Subscribe("a", Cursor.Earliest, starts: false);
        recorder.Before = _ =>
        {
            recorder.Subscription.Dispose();
            return true;
        };
        recorder.Subscription.Start();
        Assert.Equal("1", recorder.Text);
    }

    [Fact]
    public void A_message_published_inside_a_delivery_follows_it()
    {
        Recorder recorder = fixture.Subscribe("a");
        recorder.Before = message =>
        {
            if (message.Offset < 3) fixture.Publish("a", $"{message.Offset + 1}");
            return true;
        };
        fixture.Publish("a", "1");
        Assert.Equal("1 | 2 | 3 |", recorder.Text);
    }

    [Fact]
    public void A_channel_added_later_has_its_own_position_and_waits_for_Start()
    {
        fixture.Publish("b", "1");
        Recorder recorder = fixture.Subscribe("a");
        Assert.Equal(AddOutcome.Added, recorder.Subscription.Add(HubFixture.Pattern("b"), Cursor.Earliest, out Position? position));
        Assert.Equal("e0000001-0", position!.From);
        Assert.Empty(recorder.Log);
        recorder.Subscription.Start();
        Assert.Equal("1 |", recorder.Text);
        Assert.Equal("e0000002-0.e0000001-1", recorder.Subscription.Cursor);
    }

    [Fact]
    public void Adding_says_why_not()
    {
        Recorder recorder = fixture.Subscribe(string.Join(' ', Enumerable.Range(0, Cursor.MaxPositions)));
        Assert.Equal(AddOutcome.AlreadySubscribed, recorder.Subscription.Add(HubFixture.Pattern("0"), null, out _));
        Assert.Equal(AddOutcome.TooMany, recorder.Subscription.Add(HubFixture.Pattern("x"), null, out _));
        recorder.Subscription.Dispose();
        Assert.Equal(AddOutcome.Ended, recorder.Subscription.Add(HubFixture.Pattern("x"), null, out _));
        HubFixture full = new(channels: 1);
        Assert.Equal(AddOutcome.HubFull, full.Subscribe("a").Subscription.Add(HubFixture.Pattern("b"), null, out _));
    }

    [Fact]
    public void A_removed_channel_leaves_the_cursor_and_delivers_nothing_more()
    {
        Recorder recorder = fixture.Subscribe("a b");
        Assert.True(recorder.Subscription.Remove(HubFixture.Pattern("a")));
        Assert.False(recorder.Subscription.Remove(HubFixture.Pattern("a")));
        fixture.Publish("a", "a1");
        fixture.Publish("b", "b1");
        Assert.Equal("b1 |", recorder.Text);
        Assert.Equal("e0000002-1", recorder.Subscription.Cursor);
    }

    [Fact]
    public void A_deleted_channel_is_told_once_and_keeps_its_place_in_the_cursor()
    {
        Recorder recorder = fixture.Subscribe("a b");
        fixture.Publish("a", "a1");
        Assert.True(fixture.Delete("a"));
        Assert.False(fixture.Delete("a"));
        fixture.Publish("a", "a2");
        fixture.Publish("b", "b1");
        Assert.Equal("a1 | deleted:a | b1 |", recorder.Text);
        Assert.Equal("e0000001-1.e0000002-1", recorder.Subscription.Cursor);
        Assert.Equal(LossReason.EpochChanged, fixture.Subscribe("a b", recorder.Subscription.Cursor).Subscription.Position.Reason);
    }

    [Fact]
    public void It_lives_until_its_last_channel_was_deleted_and_again_when_one_is_added()
    {
        Subscription subscription = fixture.Subscribe("a b").Subscription;
        fixture.Delete("a");
        Assert.True(subscription.HasLiveChannels);
        fixture.Delete("b");
        Assert.False(subscription.HasLiveChannels);
        subscription.Add(HubFixture.Pattern("c"), null, out _);
        Assert.True(subscription.HasLiveChannels);
        Assert.True(subscription.Remove(HubFixture.Pattern("c")));
        Assert.False(subscription.HasLiveChannels);
    }

    [Fact]
    public void A_deleted_channel_added_again_takes_its_old_place()
    {
        Recorder recorder = fixture.Subscribe("a b");
        fixture.Delete("a");
        Assert.Equal(AddOutcome.Added, recorder.Subscription.Add(HubFixture.Pattern("a"), null, out _));
        Assert.Equal("e0000003-0.e0000002-0", recorder.Subscription.Cursor);
    }

    [Fact]
    public void A_deletion_is_told_to_one_that_is_stalled_and_to_one_not_started_when_it_starts()
    {
        Recorder stalled = fixture.Subscribe("a", room: 0), paused = fixture.Subscribe("a", starts: false);
        fixture.Publish("a", "1");
        fixture.Delete("a");
        Assert.Equal("deleted:a |", stalled.Text);
        Assert.Equal("", paused.Text);
        paused.Subscription.Start();
        Assert.Equal("deleted:a |", paused.Text);
    }

    [Fact]
    public void A_callback_that_throws_ends_its_subscription_and_no_other()
    {
        Recorder broken = fixture.Subscribe("a"), sound = fixture.Subscribe("a");
        broken.Before = _ => throw new InvalidOperationException("a bug");
        fixture.Publish("a", "1");
        Assert.Equal(1, fixture.Publish("a", "2").Subscribers);
        Assert.Equal("1 | 2 |", sound.Text);
        Assert.Equal("a bug", Assert.Single(fixture.Failures).Message);
    }

    [Fact]
    public void A_busy_channel_does_not_starve_its_neighbour()
    {
        HubFixture wide = new();
        for (int i = 0; i < 100; i++) wide.Publish("busy", "x");
        wide.Publish("calm", "calm");
        Recorder recorder = wide.Subscribe("busy calm", Cursor.Earliest);
        Assert.InRange(recorder.Log.IndexOf("calm"), 1, 32);
        Assert.Equal("|", Assert.Single(recorder.Log, word => word == "|"));
    }

    [Fact]
    public void Who_left_before_the_start_is_not_told_of_as_present()
    {
        HubFixture fixture = new();
        Recorder left = fixture.Subscribe("a", starts: false);
        left.Subscription.Dispose();
        left.Subscription.Start();
        Recorder late = fixture.Subscribe("b", starts: false);
        fixture.Delete("b");
        late.Subscription.Start();
        Assert.Empty(fixture.Presence);
        Assert.Equal("deleted:b |", late.Text);
    }
}
