using RawNet;

namespace RawHub.Tests;

[Collection(nameof(SharedBytes))]
public sealed class JoinedBatchesTests
{
    static readonly MessageFormat Words = new WordFormat();

    readonly HubFixture fixture = new();

    sealed class WordFormat() : MessageFormat(slot: 7)
    {
        public override SharedBytes Encode(PublishedMessage message) => SharedBytes.Copy([.. message.Payload.Span, (byte)';']);
    }

    Recorder Subscribe(int room = int.MaxValue, params string[] events)
    {
        Recorder recorder = fixture.Subscribe("a", starts: false, room: room, events: events);
        recorder.Joining = Words;
        recorder.Subscription.Start();
        return recorder;
    }

    void Publish(params string[] messages)
    {
        fixture.IsHeld = true;
        foreach (string message in messages) fixture.Publish("a", message);
        fixture.RunAll();
    }

    [Fact]
    public void What_waits_comes_as_one_block_that_is_made_once_for_all()
    {
        Recorder first = Subscribe(), second = Subscribe();
        Publish("1", "2", "3");
        Assert.Equal("[1;2;3;]3 |", first.Text);
        Assert.Equal("[1;2;3;]3 |", second.Text);
        Assert.Same(first.Joined[0], second.Joined[0]);
        Publish("4");
        Assert.Equal("[1;2;3;]3 | 4 |", second.Text);
        Assert.EndsWith("-4", second.Subscription.Cursor, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(2, "1 2 |")]
    public void A_block_that_is_refused_is_offered_one_by_one(int room, string expected)
    {
        Recorder roomy = Subscribe(), narrow = Subscribe(room);
        Publish("1", "2", "3");
        Assert.Equal(expected, narrow.Text);
        Assert.Equal("[1;2;3;]3 |", roomy.Text);
        narrow.Log.Clear();
        narrow.Room = 9;
        narrow.Subscription.Resume();
        Assert.EndsWith("3 |", narrow.Text, StringComparison.Ordinal);
        Assert.EndsWith("-3", narrow.Subscription.Cursor, StringComparison.Ordinal);
    }

    [Fact]
    public void One_subscriber_alone_takes_them_one_by_one()
    {
        Recorder alone = Subscribe();
        Publish("1", "2");
        Assert.Equal("1 2 |", alone.Text);
    }

    [Fact]
    public void One_with_a_filter_takes_what_it_wants_and_others_the_block()
    {
        Recorder all = Subscribe(), filtered = Subscribe(events: "no");
        Publish("1", "2");
        Assert.Empty(filtered.Log);
        Assert.Equal("[1;2;]2 |", all.Text);
    }

    [Fact]
    public void Large_messages_are_handed_over_one_by_one()
    {
        Recorder first = Subscribe(), second = Subscribe();
        string large = new('x', 40_000);
        Publish(large, large);
        Assert.Equal([large, large, "|"], first.Log);
        Assert.Equal([large, large, "|"], second.Log);
    }

    [Fact]
    public void What_is_published_during_a_dispatch_is_for_the_next_one_so_that_all_have_the_same_blocks()
    {
        Recorder first = Subscribe(), second = Subscribe();
        first.AtEndOfBatch = () =>
        {
            first.AtEndOfBatch = null;
            fixture.Publish("a", "3");
            fixture.Publish("a", "4");
        };
        Publish("1", "2");
        Assert.Equal("[1;2;]2 | [3;4;]4 |", first.Text);
        Assert.Equal("[1;2;]2 | [3;4;]4 |", second.Text);
        Assert.Same(first.Joined[1], second.Joined[1]);
    }

    [Fact]
    public void What_expired_while_it_waited_is_in_no_block()
    {
        Recorder first = Subscribe(), second = Subscribe();
        fixture.IsHeld = true;
        fixture.Publish("a", "1");
        fixture.Publish("a", "2", ttlMs: 10);
        fixture.Publish("a", "3");
        fixture.Hub.Tick(100);
        fixture.RunAll();
        Assert.Equal("[1;3;]3 |", first.Text);
        Assert.Equal("[1;3;]3 |", second.Text);
    }

    [Fact]
    public void A_block_is_given_back_when_all_have_sent_it()
    {
        long before = SharedBytes.Outstanding;
        Recorder first = Subscribe(), second = Subscribe();
        Publish("1", "2");
        Assert.NotEmpty(first.Joined);
        Assert.NotEmpty(second.Joined);
        fixture.Delete("a");
        Assert.Equal(before, SharedBytes.Outstanding);
    }
}
