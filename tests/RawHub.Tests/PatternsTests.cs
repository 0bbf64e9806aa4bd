namespace RawHub.Tests;

public class PatternsTests
{
    readonly HubFixture fixture = new(messages: 3);

    [Fact]
    public void A_pattern_gets_what_all_its_channels_get_also_those_made_later_in_the_order_of_publishing()
    {
        fixture.Publish("news.uk", "before");
        Recorder recorder = fixture.Subscribe("news.*");
        fixture.Publish("news.uk", "1");
        fixture.Publish("sport", "x");
        fixture.Publish("news.de", "2");
        fixture.Publish("news.uk", "3");
        Assert.Equal("1 | 2 | 3 |", recorder.Text);
        Assert.True(recorder.Subscription.Position.Recovered);
    }

    [Fact]
    public void With_its_cursor_what_came_since_comes_first_in_the_order_of_publishing()
    {
        Recorder first = fixture.Subscribe("n.*");
        fixture.Publish("n.a", "1");
        string cursor = first.Subscription.Cursor;
        first.Subscription.Dispose();
        fixture.Publish("n.b", "2");
        fixture.Publish("n.a", "3");
        fixture.Publish("other", "x");
        fixture.Publish("n.c", "4");
        Recorder second = fixture.Subscribe("n.*", cursor);
        Assert.Equal("2 3 4 |", second.Text);
        Assert.Equal("e1000000-5", second.Subscription.Cursor);
        Assert.True(second.Subscription.Position.Recovered);
    }

    [Fact]
    public void Earliest_is_all_that_its_channels_keep()
    {
        for (int i = 1; i <= 4; i++) fixture.Publish("n.a", $"a{i}");
        for (int i = 1; i <= 2; i++) fixture.Publish("n.b", $"b{i}");
        Recorder recorder = fixture.Subscribe("n.*", Cursor.Earliest);
        Assert.Equal("a2 a3 a4 b1 b2 |", recorder.Text);
        Assert.True(recorder.Subscription.Position.Recovered);
    }

    [Theory]
    [InlineData("e1000000-1", "e1000000-1", LossReason.Evicted)]
    [InlineData("e0000009-1", "e1000000-0", LossReason.EpochChanged)]
    [InlineData("e1000000-99", "e1000000-0", LossReason.Unknown)]
    [InlineData("nonsense", "e1000000-0", LossReason.Unknown)]
    public void What_is_lost_is_told_with_the_pattern_and_all_that_is_left_comes(string cursor, string from, LossReason reason)
    {
        fixture.Publish("n.b", "b1");
        fixture.Publish("n.b", "b2");
        for (int i = 1; i <= 5; i++) fixture.Publish("n.a", $"a{i}"); // a1 and a2 are evicted: sequences 3 and 4
        Recorder recorder = fixture.Subscribe("n.*", cursor);
        Position position = recorder.Subscription.Position;
        Assert.Equal((from, false, reason), (position.From, position.Recovered, position.Reason));
        Assert.Equal([new LostChannel(HubFixture.Pattern("n.*"), reason)], position.Lost.ToArray());
        Assert.Equal(cursor == "e1000000-1" ? "b2 a3 a4 a5 |" : "b1 b2 a3 a4 a5 |", recorder.Text);
    }

    [Fact]
    public void What_was_lost_in_a_channel_that_is_gone_is_told()
    {
        string cursor = fixture.Subscribe("n.*").Subscription.Cursor;
        fixture.Publish("n.a", "1");
        fixture.Delete("n.a");
        fixture.Publish("n.b", "2");
        Recorder recorder = fixture.Subscribe("n.*", cursor);
        Assert.Equal(LossReason.Evicted, recorder.Subscription.Position.Reason);
        Assert.Equal("2 |", recorder.Text);
        Assert.True(fixture.Subscribe("m.*", "e1000000-0").Subscription.Position.Recovered); // nothing of its own was lost
    }

    [Fact]
    public void What_a_channel_lets_go_leaves_the_pattern_too()
    {
        Recorder keeps = fixture.Subscribe("n.*");
        for (int i = 1; i <= 10; i++) fixture.Publish("n.a", $"{i}");
        Assert.Equal(3, fixture.Hub.MessagesInUse);
        Assert.Equal("8 9 10 |", fixture.Subscribe("n.*", Cursor.Earliest).Text);
        Assert.EndsWith("9 | 10 |", keeps.Text);
        fixture.Delete("n.a");
        Assert.Equal(0, fixture.Hub.MessagesInUse);
    }

    [Fact]
    public void One_that_stalls_while_its_messages_leave_is_told_where_and_goes_on_with_what_is_left()
    {
        Recorder recorder = fixture.Subscribe("n.*", room: 1);
        fixture.Publish("n.b", "b1");
        fixture.Publish("n.b", "b2");
        for (int i = 1; i <= 5; i++) fixture.Publish("n.a", $"a{i}");
        recorder.Log.Clear();
        recorder.Room = 99;
        recorder.Subscription.Resume();
        Assert.Equal("lost:n.*:Dropped:e1000000-1 b2 a3 a4 a5 |", recorder.Text);
    }

    [Fact]
    public void What_is_not_offered_to_the_pattern_yet_stays_although_its_channel_let_it_go()
    {
        Recorder pattern = fixture.Subscribe("n.*");
        fixture.IsHeld = true;
        for (int i = 1; i <= 9; i++) fixture.Publish("n.a", $"{i}");
        Assert.Equal(9, fixture.Hub.MessagesInUse);
        fixture.RunAll();
        Assert.Equal("1 2 3 4 5 6 7 8 9 |", pattern.Text);
        Assert.Equal(3, fixture.Hub.MessagesInUse);
    }

    [Fact]
    public void Publishers_learn_of_its_subscribers_and_are_held_back_by_them()
    {
        fixture.Subscribe("n.*");
        fixture.Subscribe("n.a");
        fixture.IsHeld = true;
        PublishResult result = fixture.Publish("n.a", "1");
        Assert.Equal((2, 1L), (result.Subscribers, result.Backlog));
        int called = 0;
        result.Channel!.WhenDispatched(() => called++);
        Assert.Equal(0, called);
        fixture.RunAll();
        Assert.Equal(1, called);
    }

    [Fact]
    public void A_channel_counts_and_names_those_who_mean_it_by_a_pattern()
    {
        fixture.Subscribe("n.a");
        fixture.Subscribe("n.*");
        fixture.Subscribe("m.*");
        Assert.True(fixture.Hub.TryDescribe(ChannelName.Parse("n.a"), out ChannelInfo info));
        Assert.Equal(2, info.WebSockets);
        Assert.Equal(["n.a", "n.*"], fixture.Hub.Subscribers(ChannelName.Parse("n.a"))!.Select(one => one.Channels.Text));
        Assert.Null(fixture.Hub.Subscribers(ChannelName.Parse("nobody")));
    }

    [Fact]
    public void Beside_a_channel_it_has_its_place_in_the_cursor()
    {
        Recorder recorder = fixture.Subscribe("a n.*");
        fixture.Publish("n.x", "1");
        Assert.Equal("e0000001-0.e1000000-1", recorder.Subscription.Cursor);
        Assert.False(recorder.Subscription.HasSharedCursor);
        Assert.True(recorder.Subscription.Remove(HubFixture.Pattern("n.*")));
        Assert.True(recorder.Subscription.HasSharedCursor);
        Assert.Equal(AddOutcome.Added, recorder.Subscription.Add(HubFixture.Pattern("n.*"), Cursor.Earliest, out _));
    }

    [Fact]
    public void One_that_nobody_subscribes_to_any_more_ends_and_begins_anew_without_a_gap()
    {
        Recorder recorder = fixture.Subscribe("n.*");
        fixture.Publish("n.a", "1");
        recorder.Subscription.Dispose();
        fixture.Hub.Tick(10_000);
        Assert.Equal(0, fixture.Hub.Patterns.Count);
        fixture.Publish("n.a", "2");
        Assert.Equal("2 |", fixture.Subscribe("n.*", recorder.Subscription.Cursor).Text);
        fixture.Hub.Tick(20_000);
        Assert.Equal(1, fixture.Hub.Patterns.Count);
    }

    [Fact]
    public void A_star_does_not_mean_who_is_there()
    {
        Recorder recorder = fixture.Subscribe("*");
        fixture.Publish("presence:a", "x");
        fixture.Publish("a", "y");
        Assert.Equal("y |", recorder.Text);
    }
}
