using System.Buffers.Binary;
using RawNet;

namespace RawHub.Tests;

[Collection(nameof(SharedBytes))] // counts blocks of the whole process
public class HubStressTests
{
    sealed class Pool : IHubScheduler
    {
        public void Schedule(IHubWork work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
    }

    /// <summary>Refuses at random and resumes from another thread; asserts that its offsets have no gap it was not told of.</summary>
    sealed class Moody(int seed) : ISubscriber
    {
        readonly Random random = new(seed);
        readonly Dictionary<ChannelName, MessageId> seen = [];
        readonly HashSet<ChannelName> told = [];
        int inside;
        internal readonly List<string> Faults = [];
        internal long Taken, Losses, Deletions;

        internal Subscription Begin(Hub hub, ChannelName[] names, string? cursor)
        {
            Subscription subscription = hub.Subscribe([.. names.Select(name => new ChannelPattern(name))], cursor, this, new(TransportKind.WebSocket))!;
            MessageId[] from = new MessageId[names.Length];
            Assert.True(Cursor.TryParse(subscription.Position.From, from));
            for (int i = 0; i < names.Length; i++) seen[names[i]] = from[i];
            subscription.Start();
            return subscription;
        }

        public bool TryDeliver(Subscription subscription, PublishedMessage message)
        {
            using Entry entry = new(this);
            if (random.Next(20) == 0)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static stalled => stalled.Resume(), subscription, preferLocal: false);
                return false;
            }
            MessageId last = seen[message.Channel];
            if (message.Epoch != last.Epoch) Faults.Add($"{message.Id} after {last}");
            bool follows = message.Offset == last.Offset + 1 || told.Remove(message.Channel) && message.Offset > last.Offset;
            if (!follows) Faults.Add($"{message.Id} after {last} untold");
            if (BinaryPrimitives.ReadInt64LittleEndian(message.Payload.Span) != message.Payload.Length) Faults.Add("another message's bytes");
            seen[message.Channel] = message.Id;
            Taken++;
            return true;
        }

        public void EndBatch(Subscription subscription) => new Entry(this).Dispose();

        public void OnLost(Subscription subscription, ChannelPattern channel, LossReason reason)
        {
            using Entry entry = new(this);
            Losses++;
            told.Add(channel.Name);
        }

        public void OnTooSlow(Subscription subscription, ChannelPattern channel) => Faults.Add("ended, though the policy is to go on");

        public void OnChannelDeleted(Subscription subscription, ChannelPattern channel)
        {
            using Entry entry = new(this);
            Deletions++;
        }

        internal long OffsetOf(ChannelName name) => seen[name].Offset;

        readonly struct Entry : IDisposable
        {
            readonly Moody owner;

            internal Entry(Moody owner)
            {
                this.owner = owner;
                if (Interlocked.Increment(ref owner.inside) != 1) owner.Faults.Add("two callbacks at once");
            }

            public void Dispose() => Interlocked.Decrement(ref owner.inside);
        }
    }

    static readonly ChannelName[] Names = [ChannelName.Parse("a"), ChannelName.Parse("b"), ChannelName.Parse("c")];

    readonly List<Exception> failures = [];

    Hub NewHub(int messages) => new(new()
    {
        HistoryMessages = messages,
        Slow = new(SlowKind.DropOldest),
        OnFailed = (_, failure) =>
        {
            lock (failures) failures.Add(failure);
        },
    }, new Pool());

    static void PublishFromMany(Hub hub, int publishers, int each, Action<int>? beside = null) =>
        Parallel.For(0, publishers, new ParallelOptions { MaxDegreeOfParallelism = publishers }, publisher =>
        {
            Random random = new(publisher);
            Span<byte> data = stackalloc byte[256];
            using ManualResetEventSlim dispatched = new();
            for (int i = 0; i < each; i++)
            {
                Span<byte> part = data[..random.Next(8, 256)];
                BinaryPrimitives.WriteInt64LittleEndian(part, part.Length);
                PublishResult result = hub.Publish(new(Names[random.Next(Names.Length)], false, null, 0), part);
                beside?.Invoke(i);
                if (result.Backlog < 100) continue;
                dispatched.Reset();
                result.Channel!.WhenDispatched(dispatched.Set);
                Assert.True(dispatched.Wait(TimeSpan.FromSeconds(30)), "a publisher was held back for ever");
            }
        });

    [Theory]
    [InlineData(10_000)] // nothing is evicted: every number, once, in order
    [InlineData(5)]      // much is evicted: every number once and in order, or a told loss
    public void Publishers_and_moody_subscribers_on_many_threads(int messages)
    {
        long before = SharedBytes.Outstanding;
        Hub hub = NewHub(messages);
        Moody[] subscribers = [.. Enumerable.Range(0, 20).Select(seed => new Moody(seed))];
        Subscription[] subscriptions = [.. subscribers.Select(subscriber => subscriber.Begin(hub, Names, null))];
        PublishFromMany(hub, publishers: 4, each: 5_000);

        Assert.True(SpinWait.SpinUntil(() => AllHaveCaughtUp(hub, subscribers), TimeSpan.FromSeconds(30)), "a subscriber was forgotten");
        Assert.Empty(failures);
        Assert.All(subscribers, subscriber => Assert.Empty(subscriber.Faults));
        if (messages == 10_000) Assert.All(subscribers, subscriber => Assert.Equal((20_000, 0), (subscriber.Taken, subscriber.Losses)));
        foreach (Subscription subscription in subscriptions) subscription.Dispose();
        foreach (ChannelName name in Names) Assert.True(hub.Delete(name, out _));
        Assert.True(SpinWait.SpinUntil(() => hub.MessagesInUse == 0 && SharedBytes.Outstanding == before, TimeSpan.FromSeconds(30)), "messages leaked");
    }

    static bool AllHaveCaughtUp(Hub hub, Moody[] subscribers)
    {
        foreach (ChannelInfo info in hub.Snapshot())
        {
            foreach (Moody subscriber in subscribers)
            {
                if (subscriber.OffsetOf(info.Name) != info.Cursor.Offset) return false;
            }
        }
        return true;
    }

    [Fact]
    public void Subscribers_that_come_and_go_and_channels_that_are_deleted_meanwhile()
    {
        long before = SharedBytes.Outstanding;
        Hub hub = NewHub(50);
        List<Moody> all = [];
        PublishFromMany(hub, publishers: 4, each: 3_000, beside: i =>
        {
            if (i % 10 == 0)
            {
                Moody subscriber = new(i);
                lock (all) all.Add(subscriber);
                Subscription subscription = subscriber.Begin(hub, Names, i % 20 == 0 ? Cursor.Earliest : null);
                ThreadPool.UnsafeQueueUserWorkItem(static ended => ended.Dispose(), subscription, preferLocal: false);
            }
            if (i % 500 == 499) hub.Delete(Names[i / 500 % Names.Length], out _);
            if (i % 100 == 0) hub.Snapshot();
        });
        foreach (ChannelName name in Names) hub.Delete(name, out _);
        Assert.True(SpinWait.SpinUntil(() => hub.MessagesInUse == 0 && SharedBytes.Outstanding == before, TimeSpan.FromSeconds(30)), "messages leaked");
        Assert.Empty(failures);
        Assert.All(all, subscriber => Assert.Empty(subscriber.Faults));
    }
}
