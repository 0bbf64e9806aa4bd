namespace RawHub.Tests;

public class FeedTests
{
    [Fact]
    public void What_the_store_does_not_have_yet_is_neither_delivered_nor_part_of_a_position()
    {
        MemoryStore store = new();
        HubFixture fixture = new(store: store);
        Recorder recorder = fixture.Subscribe("a");
        PublishResult result = fixture.Publish("a", "1");
        Assert.Equal("", recorder.Text);
        Assert.False(fixture.Hub.IsCommitted(result.Commit));
        Recorder second = fixture.Subscribe("a", Cursor.Earliest);
        Assert.Equal("e0000001-0", second.Subscription.Position.From);
        fixture.Hub.Commit(result.Commit, mark: 7);
        Assert.True(fixture.Hub.IsCommitted(result.Commit));
        Assert.Equal("1 |", recorder.Text);
        Assert.Equal("1 |", second.Text);
    }

    [Fact]
    public void A_backlog_counts_what_was_not_offered_yet()
    {
        HubFixture fixture = new();
        fixture.Subscribe("a");
        fixture.IsHeld = true;
        Assert.Equal(1, fixture.Publish("a", "1").Backlog);
        Assert.Equal(2, fixture.Publish("a", "2").Backlog);
        fixture.RunAll();
        fixture.IsHeld = true;
        Assert.Equal(1, fixture.Publish("a", "3").Backlog);
    }

    [Fact]
    public void Who_means_a_new_channel_by_a_pattern_counts_before_the_store_has_the_message()
    {
        HubFixture fixture = new(store: new MemoryStore());
        fixture.Subscribe("n.*");
        Assert.Equal(1, fixture.Publish("n.new", "1").Subscribers);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Who_waits_for_a_dispatch_is_let_go_also_when_the_last_seat_goes_before_it_begins(int revealed)
    {
        HubFixture fixture = new();
        Recorder recorder = fixture.Subscribe("a");
        Feed feed = fixture.Hub.Present(ChannelName.Parse("a"))!.Feed;
        bool isTold = false;
        for (int position = 1; position <= revealed; position++)
        {
            PublishedMessage message = fixture.Hub.Message(new(ChannelName.Parse("a"), true, null), "x"u8);
            lock (feed.Gate)
            {
                feed.Append(message, position);
                feed.Reveal(position);
            }
            if (position > 1) continue;
            recorder.Subscription.Dispose();
            Assert.True(feed.NotifyWhenOffered(() => isTold = true));
        }
        feed.Wake();
        Assert.True(isTold);
        Assert.Equal((0, revealed), (feed.Backlog, feed.Offered));
    }
}
