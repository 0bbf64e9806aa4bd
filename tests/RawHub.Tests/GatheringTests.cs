using System.Text;

namespace RawHub.Tests;

public class GatheringTests
{
    static readonly ChannelName[] Names = [ChannelName.Parse("n.a"), ChannelName.Parse("n.b"), ChannelName.Parse("n.c")];

    sealed class Pool : IHubScheduler
    {
        public void Schedule(IHubWork work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
    }

    /// <summary>Notes sequences, and leaves after some messages.</summary>
    sealed class Visitor(int stay) : ISubscriber
    {
        internal readonly List<(string Data, long Sequence)> Seen = [];
        internal readonly TaskCompletionSource Left = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool TryDeliver(Subscription subscription, PublishedMessage message)
        {
            Seen.Add((Encoding.UTF8.GetString(message.Payload.Span), message.Sequence));
            if (Seen.Count < stay) return true;
            subscription.Dispose();
            Left.TrySetResult();
            return true;
        }

        public void EndBatch(Subscription subscription) { }
        public void OnLost(Subscription subscription, ChannelPattern channel, LossReason reason) => Assert.Fail("nothing is lost here");
        public void OnTooSlow(Subscription subscription, ChannelPattern channel) => Assert.Fail("nobody is slow here");
        public void OnChannelDeleted(Subscription subscription, ChannelPattern channel) { }
    }

    /// <summary>Whoever begins a pattern anew while three publish sees each message once, in the one order of the hub.</summary>
    [Fact]
    public async Task It_begins_without_a_gap_while_its_channels_are_published_to()
    {
        const int Each = 4_000;
        Hub hub = new(new() { HistoryMessages = 3 * Each, OnFailed = (_, failure) => throw failure }, new Pool());
        string? cursor = Cursor.Earliest;
        List<(string Data, long Sequence)> all = [];
        Task publishing = Task.WhenAll(Names.Select((name, n) => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++) hub.Publish(new(name, true, null, 0), Encoding.UTF8.GetBytes($"{n}:{i}"));
        })));
        while (all.Count < 3 * Each)
        {
            Visitor visitor = new(Math.Min(333, 3 * Each - all.Count));
            Subscription subscription = hub.Subscribe([HubFixture.Pattern("n.*")], cursor, visitor, new(TransportKind.Events))!;
            Assert.True(subscription.Position.Recovered);
            subscription.Start();
            await visitor.Left.Task.WaitAsync(TimeSpan.FromSeconds(60));
            cursor = subscription.Cursor;
            all.AddRange(visitor.Seen);
            if (all.Count % 2 == 0) hub.Patterns.EndUnused();
        }
        await publishing;
        Assert.Equal(Enumerable.Range(1, 3 * Each).Select(i => (long)i), all.Select(one => one.Sequence));
        for (int n = 0; n < 3; n++)
            Assert.Equal(Enumerable.Range(0, Each).Select(i => $"{n}:{i}"), all.Select(one => one.Data).Where(data => data[0] == '0' + n));
    }

    [Fact]
    public void It_ends_only_when_nobody_has_a_seat()
    {
        HubFixture fixture = new();
        Gathering gathering = new(fixture.Hub, HubFixture.Pattern("n.*"));
        gathering.Begin([], 0);
        Recorder recorder = fixture.Subscribe("n.*");
        fixture.Hub.Timeline.Attach(gathering, new(recorder.Subscription, gathering.Feed), StartRequest.New, out _);
        Assert.False(gathering.TryEnd());
    }
}
