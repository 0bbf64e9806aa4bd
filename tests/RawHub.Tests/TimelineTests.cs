namespace RawHub.Tests;

public class TimelineTests
{
    readonly MemoryStore store = new();

    [Fact]
    public void Who_waits_for_a_record_is_let_go_when_the_store_has_it()
    {
        HubFixture fixture = new(store: store);
        long first = fixture.Publish("a", "1").Commit, second = fixture.Publish("b", "2").Commit;
        List<string> told = [];
        fixture.Hub.WhenDecided(first, () => told.Add("first"));
        fixture.Hub.WhenDecided(second, () => told.Add("second"));
        fixture.Hub.Commit(first, 1);
        Assert.Equal(["first"], told);
        fixture.Hub.Commit(second, 1);
        Assert.Equal(["first", "second"], told);
        fixture.Hub.WhenDecided(first, () => told.Add("late"));
        Assert.Equal("late", told[^1]);
    }

    [Fact]
    public void Without_a_store_there_is_nothing_to_wait_for()
    {
        HubFixture fixture = new();
        PublishResult result = fixture.Publish("a", "1");
        Assert.Equal(0, result.Commit);
        Assert.True(fixture.Hub.IsCommitted(result.Commit));
    }

    [Fact]
    public void When_the_store_fails_who_waits_is_told_and_nothing_more_is_published()
    {
        HubFixture fixture = new(store: store);
        Recorder recorder = fixture.Subscribe("a");
        PublishResult result = fixture.Publish("a", "1");
        bool isDecided = false;
        fixture.Hub.WhenDecided(result.Commit, () => isDecided = true);
        fixture.Hub.FailStore();
        Assert.True(isDecided);
        Assert.False(fixture.Hub.IsCommitted(result.Commit));
        Assert.Equal(PublishRefusal.StoreFailed, fixture.Publish("a", "2").Refusal);
        Assert.Equal("", recorder.Text);
        bool isToldAtOnce = false;
        fixture.Hub.WhenDecided(result.Commit, () => isToldAtOnce = true);
        Assert.True(isToldAtOnce);
    }

    [Fact]
    public void A_store_that_refuses_a_record_refuses_the_message()
    {
        HubFixture fixture = new(store: store);
        fixture.Publish("a", "1");
        store.Refuses = true;
        Assert.Equal(PublishRefusal.StoreFailed, fixture.Publish("a", "2").Refusal);
        Assert.Equal(1, fixture.Hub.MessagesInUse);
    }

    [Fact]
    public void A_deletion_is_written_and_what_was_pending_is_never_delivered()
    {
        HubFixture fixture = new(store: store);
        Recorder recorder = fixture.Subscribe("a b");
        fixture.Publish("a", "1");
        Assert.True(fixture.Hub.Delete(ChannelName.Parse("a"), out long commit));
        fixture.Hub.Commit(commit, 1);
        Assert.Equal("deleted:a |", recorder.Text);
        Assert.Empty(store.Kept);
        Assert.Equal(0, fixture.Hub.MessagesInUse);
    }

    [Fact]
    public void The_store_learns_how_many_messages_of_each_mark_are_kept()
    {
        HubFixture fixture = new(messages: 2, store: store);
        for (int i = 1; i <= 4; i++) fixture.Hub.Commit(fixture.Publish("a", $"{i}").Commit, mark: i <= 3 ? 1 : 2);
        Assert.Equal(new Dictionary<long, int> { [1] = 1, [2] = 1 }, store.Kept);
    }

    [Fact]
    public void A_deletion_that_the_store_refuses_does_not_happen()
    {
        HubFixture fixture = new(store: store);
        Recorder recorder = fixture.Subscribe("a");
        store.Refuses = true;
        Assert.True(fixture.Hub.Delete(ChannelName.Parse("a"), out long commit));
        bool isDecided = false;
        fixture.Hub.WhenDecided(commit, () => isDecided = true);
        Assert.True(isDecided);
        Assert.False(fixture.Hub.IsCommitted(commit));
        Assert.Equal("", recorder.Text);
        store.Refuses = false;
        fixture.Hub.Commit(fixture.Publish("a", "1").Commit, 1);
        Assert.Equal("1 |", recorder.Text);
    }

    [Fact]
    public void Subscribers_of_a_pattern_count_from_the_first_message_on()
    {
        HubFixture fixture = new(store: store);
        fixture.Subscribe("n.*");
        Assert.Equal(1, fixture.Publish("n.a", "1").Subscribers);
    }
}
