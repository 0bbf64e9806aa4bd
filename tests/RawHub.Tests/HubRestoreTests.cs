using CsCheck;

namespace RawHub.Tests;

public class HubRestoreTests
{
    readonly MemoryStore store = new();
    readonly HubFixture fixture;

    public HubRestoreTests()
    {
        fixture = new(messages: 3, store: store);
        HubRestore.WriteList(fixture.Hub, record => store.Append(record));
    }

    void Publish(string channel, string data, string? key = null, long ttlMs = 0) =>
        fixture.Hub.Commit(fixture.Publish(channel, data, key: key, ttlMs: ttlMs).Commit, mark: 1);

    [Fact]
    public void Everything_is_as_it_was_and_goes_on()
    {
        for (int i = 1; i <= 5; i++) Publish("a", $"{i}");
        Publish("b", "b1");
        HubFixture again = MemoryStore.Restore(store.Records, out MemoryStore kept, messages: 3);
        Assert.Equal(fixture.Hub.Snapshot().OrderBy(one => one.Name.Text), again.Hub.Snapshot().OrderBy(one => one.Name.Text));
        Assert.Equal("3 4 5 |", again.Subscribe("a", "e0000001-2").Text);
        Assert.Equal(LossReason.Evicted, again.Subscribe("a", "e0000001-1").Subscription.Position.Reason);
        Assert.Equal(4, kept.Kept.Values.Sum());
        Assert.Equal("e0000001-6", again.Publish("a", "6").Id.ToString());
    }

    [Fact]
    public void The_cursor_of_a_pattern_is_good_after_it()
    {
        Recorder pattern = fixture.Subscribe("n.*");
        Publish("n.a", "1");
        string cursor = pattern.Subscription.Cursor;
        Publish("n.b", "2");
        HubFixture again = MemoryStore.Restore(store.Records, out _);
        Recorder back = again.Subscribe("n.*", cursor);
        Assert.True(back.Subscription.Position.Recovered);
        Assert.Equal("2 |", back.Text);
    }

    [Fact]
    public void A_channel_that_nobody_published_to_keeps_its_epoch()
    {
        string cursor = fixture.Subscribe("quiet").Subscription.Cursor;
        HubFixture again = MemoryStore.Restore(store.Records, out _);
        Assert.True(again.Subscribe("quiet", cursor).Subscription.Position.Recovered);
    }

    [Fact]
    public void A_deleted_channel_stays_deleted_and_its_next_life_has_its_own_messages()
    {
        Publish("a", "1");
        fixture.Delete("a");
        Publish("a", "new");
        HubFixture again = MemoryStore.Restore(store.Records, out _);
        Assert.Equal("new |", again.Subscribe("a", Cursor.Earliest).Text);
        Assert.Equal(LossReason.EpochChanged, again.Subscribe("a", "e0000001-1").Subscription.Position.Reason);
    }

    [Fact]
    public void An_idempotency_key_is_still_known_for_five_minutes()
    {
        Publish("a", "1", key: "k");
        HubFixture soon = MemoryStore.Restore(store.Records, out _, nowUnixMs: 299_000), late = MemoryStore.Restore(store.Records, out _, nowUnixMs: 300_000);
        Assert.Equal(KeyClaim.Repeat, soon.Hub.Keys.Claim(ChannelName.Parse("a"), "k", () => { }, out PublishAnswer answer));
        Assert.Equal("e0000001-1", answer.Id.ToString());
        Assert.Equal(KeyClaim.Publish, late.Hub.Keys.Claim(ChannelName.Parse("a"), "k", () => { }, out _));
        soon.Hub.Tick(1_000);
        Assert.Equal(KeyClaim.Publish, soon.Hub.Keys.Claim(ChannelName.Parse("a"), "k", () => { }, out _));
    }

    [Fact]
    public void Messages_grow_old_while_nothing_runs()
    {
        Publish("a", "short", ttlMs: 10_000);
        Publish("a", "2");
        Assert.Equal("2 |", MemoryStore.Restore(store.Records, out _, nowUnixMs: 10_000).Subscribe("a", Cursor.Earliest).Text);
        Assert.Equal("", MemoryStore.Restore(store.Records, out _, nowUnixMs: 20_000, ageMs: 15_000).Subscribe("a", Cursor.Earliest).Text);
    }

    /// <summary>Old files go once nothing of them is kept; a list stands at the head of each newer one.</summary>
    [Fact]
    public void A_list_stands_for_all_that_came_before_it()
    {
        for (int i = 1; i <= 5; i++) Publish("a", $"{i}");
        Publish("gone", "x");
        fixture.Delete("gone");
        int from = store.Records.Count;
        HubRestore.WriteList(fixture.Hub, record => store.Append(record));
        Publish("a", "6");
        HubFixture again = MemoryStore.Restore(store.Records.Skip(from), out _);
        Assert.Equal("6 |", again.Subscribe("a", "e0000001-5").Text);
        Assert.Equal(LossReason.Evicted, again.Subscribe("a", "e0000001-4").Subscription.Position.Reason);
        Assert.Single(again.Hub.Snapshot());
    }

    [Fact]
    public void A_list_lets_go_what_it_does_not_name()
    {
        Publish("a", "1");
        byte[][] before = [.. store.Records];
        List<byte[]> list = [];
        HubFixture other = new();
        HubRestore.WriteList(other.Hub, record => list.Add(record.ToArray()));
        Assert.Empty(MemoryStore.Restore([.. before, .. list], out _).Hub.Snapshot());
        Assert.Single(MemoryStore.Restore([.. before, .. list[..^1]], out _).Hub.Snapshot()); // one that is not whole says nothing
    }

    [Fact]
    public void What_was_lost_in_channels_that_are_gone_is_told_after_it()
    {
        string cursor = fixture.Subscribe("n.*").Subscription.Cursor;
        Publish("n.a", "1");
        fixture.Delete("n.a");
        HubRestore.WriteList(fixture.Hub, record => store.Append(record));
        HubFixture again = MemoryStore.Restore(store.Records, out _);
        Assert.Equal(LossReason.Evicted, again.Subscribe("n.*", cursor).Subscription.Position.Reason);
    }

    [Fact]
    public void When_the_end_may_be_lost_every_cursor_is_told_and_stays_told()
    {
        Publish("a", "1");
        HubFixture again = MemoryStore.Restore(store.Records, out MemoryStore next);
        again.Draw(5);
        new HubRestore(again.Hub, 0).RenewEpochs(record => next.Append(record));
        Recorder back = again.Subscribe("a", "e0000001-1");
        Assert.Equal((LossReason.EpochChanged, "1 |"), (back.Subscription.Position.Reason, back.Text));
        HubFixture third = MemoryStore.Restore([.. store.Records, .. next.Records], out _);
        Assert.Equal(back.Subscription.Cursor, third.Subscribe("a", back.Subscription.Cursor).Subscription.Position.From);
        Assert.True(third.Subscribe("a", back.Subscription.Cursor).Subscription.Position.Recovered);
    }

    [Fact]
    public void Nonsense_is_refused() => Assert.False(new HubRestore(fixture.Hub, 0).Read([99, 1, 2], 1));

    /// <summary>Wherever the records end, what is restored is what was committed up to there: whole, once and in order.</summary>
    [Fact]
    public void At_every_end_of_its_records_it_is_as_it_was_then() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 2]).Array[1, 40].Sample(acts =>
        {
            MemoryStore written = new();
            HubFixture live = new(messages: 4, store: written);
            List<(int Records, string State)> states = [];
            HubRestore.WriteList(live.Hub, record => written.Append(record));
            foreach ((int act, int channel) in acts)
            {
                if (act == 3) live.Delete($"c{channel}");
                else if (act == 4) HubRestore.WriteList(live.Hub, record => written.Append(record));
                else live.Publish($"c{channel}", $"{written.Records.Count}");
                live.Hub.Commit(written.Records.Count, 1);
                states.Add((written.Records.Count, StateOf(live)));
            }
            foreach ((int records, string state) in states)
                Assert.Equal(state, StateOf(MemoryStore.Restore(written.Records.Take(records), out _, messages: 4)));
        }, iter: 300, threads: 1);

    static string StateOf(HubFixture fixture) =>
        string.Join(' ', fixture.Hub.Snapshot().OrderBy(one => one.Name.Text, StringComparer.Ordinal).Select(one => $"{one.Name}:{one.Cursor}:{fixture.Subscribe(one.Name.Text, Cursor.Earliest).Text}"));

    /// <summary>Its last life's messages would else be written behind its next life's, and end that when they are read.</summary>
    [Fact]
    public void A_channel_has_no_next_life_before_its_end_is_written()
    {
        Publish("a", "1");
        bool isThere = false;
        store.Before = () => isThere = fixture.Hub.TryDescribe(ChannelName.Parse("a"), out _);
        fixture.Delete("a");
        Assert.True(isThere);
    }

    /// <summary>The file with nothing but short-lived messages goes before an older one.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_gap_in_the_records_is_told_and_what_is_older_stays(bool isLast)
    {
        Publish("a", "1");
        Publish("a", "short", ttlMs: 10);
        store.Records.RemoveAt(store.Records.Count - 1);
        if (!isLast) Publish("a", "3");
        HubRestore.WriteList(fixture.Hub, record => store.Append(record));
        string rest = isLast ? "" : "3 ";
        HubFixture again = MemoryStore.Restore(store.Records, out MemoryStore next);
        Check(again, rest);
        HubRestore.WriteList(again.Hub, record => next.Append(record));
        Check(MemoryStore.Restore([.. store.Records, .. next.Records], out _), rest);
    }

    static void Check(HubFixture again, string rest)
    {
        Assert.Equal($"1 {rest}|", again.Subscribe("a", Cursor.Earliest).Text);
        Recorder back = again.Subscribe("a", "e0000001-0");
        Assert.Equal((LossReason.Evicted, $"1 {rest}|"), (back.Subscription.Position.Reason, back.Text));
        Assert.True(again.Subscribe("a", "e0000001-2").Subscription.Position.Recovered);
        Assert.Equal(LossReason.Evicted, again.Subscribe("a*", $"{again.Hub.Epoch}-1").Subscription.Position.Reason);
    }

    [Fact]
    public void A_key_is_known_though_its_message_is_not_kept()
    {
        Publish("a", "1", key: "k");
        HubFixture again = MemoryStore.Restore(store.Records, out _, nowUnixMs: 1_000, ageMs: 500);
        Assert.Equal(KeyClaim.Repeat, again.Hub.Keys.Claim(ChannelName.Parse("a"), "k", () => { }, out _));
    }

    [Fact]
    public void What_a_channel_lost_is_listed_though_it_ends_while_the_list_is_written()
    {
        string cursor = fixture.Subscribe("n.*").Subscription.Cursor;
        Publish("n.a", "1");
        List<byte[]> list = [];
        HubRestore.WriteList(fixture.Hub, record =>
        {
            if (list.Count == 0) fixture.Delete("n.a");
            list.Add(record.ToArray());
        });
        Assert.Equal(LossReason.Evicted, MemoryStore.Restore(list, out _).Subscribe("n.*", cursor).Subscription.Position.Reason);
    }
}
