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

    Recorder Subscribe(int room = int.MaxValue, string? cursor = null, params string[] events) => Subscribe(fixture, "a", cursor, room, events);

    static Recorder Subscribe(HubFixture fixture, string channels, string? cursor, int room = int.MaxValue, params string[] events)
    {
        Recorder recorder = fixture.Subscribe(channels, cursor, starts: false, room: room, events: events);
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
        Assert.Equal("[1;2;3;]3 | [4;]4 |", second.Text);
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
    public void One_message_is_not_copied()
    {
        Recorder first = Subscribe(), second = Subscribe();
        SharedBytes? encoded = null;
        first.AtEndOfBatch = () => encoded = first.Joined[0];
        Publish("1");
        Assert.Equal("[1;]1 |", second.Text);
        Assert.Same(encoded, second.Joined[0]);
    }

    [Fact]
    public void Those_who_come_one_after_another_have_the_same_block_until_time_goes_on()
    {
        Publish("1", "2");
        Recorder first = Subscribe(cursor: "earliest"), second = Subscribe(cursor: "earliest");
        Assert.Equal("[1;2;]2 |", second.Text);
        SharedBytes held = first.Joined[0].AddRef();
        Assert.Same(held, second.Joined[0]);
        fixture.Hub.Tick(10);
        Recorder third = Subscribe(cursor: "earliest");
        Assert.Equal("[1;2;]2 |", third.Text);
        Assert.NotSame(held, third.Joined[0]);
        held.Release();
    }

    [Fact]
    public void One_that_came_before_a_message_goes_on_with_it_alone()
    {
        Publish("1", "2");
        Recorder first = Subscribe(cursor: "earliest");
        Publish("3");
        Recorder second = Subscribe(cursor: "earliest");
        Assert.Equal("[1;2;]2 | [3;]3 |", first.Text);
        Assert.Equal("[1;2;3;]3 |", second.Text);
    }

    [Fact]
    public void Of_many_the_latest_are_kept()
    {
        long before = SharedBytes.Outstanding;
        for (int i = 0; i < 2 * JoinedBatches.MostKept; i++) Publish($"{i}");
        List<SharedBytes> blocks = [];
        for (int i = 0; i < 2 * JoinedBatches.MostKept; i++) blocks.Add(Subscribe(cursor: $"e0000001-{i}").Joined[0].AddRef());
        Assert.Same(blocks[^2], Subscribe(cursor: $"e0000001-{blocks.Count - 2}").Joined[0]);
        Assert.NotSame(blocks[0], Subscribe(cursor: "e0000001-0").Joined[0]);
        foreach (SharedBytes block in blocks) block.Release();
        fixture.Delete("a");
        Assert.Equal(before, SharedBytes.Outstanding);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a*")]
    public void They_are_let_go_when_nobody_comes(string channels)
    {
        Publish("1", "2");
        Assert.Single(Subscribe(fixture, channels, "earliest").Joined);
        long kept = SharedBytes.Outstanding;
        fixture.Hub.Tick(2_000);
        Assert.Equal(kept - 1, SharedBytes.Outstanding);
    }

    [Fact]
    public void What_a_pattern_keeps_no_longer_is_in_no_block()
    {
        HubFixture narrow = new(messages: 2);
        foreach ((string channel, string data) in ((string, string)[])[("n.a", "1"), ("n.b", "2"), ("n.a", "3")]) narrow.Publish(channel, data);
        Recorder first = Subscribe(narrow, "n.*", "earliest");
        narrow.IsHeld = true;
        narrow.Publish("n.a", "4"); // lets the first go, before anything is dispatched
        Recorder second = Subscribe(narrow, "n.*", "earliest");
        Assert.Equal("[1;2;3;]2 |", first.Text);
        Assert.Equal("[2;3;4;]3 |", second.Text);
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
