using System.Buffers.Binary;
using RawNet;

namespace RawHub.Tests;

/// <summary>Publishers, a store that commits late, and subscribers of a pattern that come and go with their cursors, on many threads.</summary>
[Collection(nameof(SharedBytes))] // counts blocks of the whole process
public class PatternStressTests
{
    const int Publishers = 3, Each = 2_000;

    static readonly ChannelName[] Names = [ChannelName.Parse("n.a"), ChannelName.Parse("n.b"), ChannelName.Parse("n.c")];

    sealed class Pool : IHubScheduler
    {
        public void Schedule(IHubWork work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
    }

    sealed class LateStore : IHubStore
    {
        long appended;
        int kept;

        internal long Appended => Volatile.Read(ref appended);
        internal int MessagesKept => Volatile.Read(ref kept);

        public long Append(ReadOnlySpan<byte> record) => Interlocked.Increment(ref appended);

        public void Keep(long mark) => Interlocked.Increment(ref kept);

        public void Forget(long mark) => Interlocked.Decrement(ref kept);

        internal void CommitUntil(Hub hub, Task over, Random random)
        {
            for (long done = 0; !over.IsCompleted || done < Appended;)
            {
                Thread.SpinWait(random.Next(2_000));
                long upTo = Math.Min(Appended, done + 1 + random.Next(50));
                if (upTo > done) hub.Commit(done = upTo, mark: 1 + done / 100);
            }
        }
    }

    /// <summary>Refuses at random and resumes from another thread; leaves after some messages.</summary>
    sealed class Visitor(int seed, int stay) : ISubscriber
    {
        readonly Random random = new(seed);
        internal readonly List<long> Seen = [];
        internal readonly TaskCompletionSource Left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        internal string? Fault;

        public bool TryDeliver(Subscription subscription, PublishedMessage message)
        {
            if (random.Next(20) == 0)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static stalled => stalled.Resume(), subscription, preferLocal: false);
                return false;
            }
            Seen.Add(BinaryPrimitives.ReadInt64LittleEndian(message.Payload.Span));
            if (Seen.Count < stay) return true;
            subscription.Dispose();
            Left.TrySetResult();
            return true;
        }

        public void EndBatch(Subscription subscription) { }
        public void OnLost(Subscription subscription, ChannelPattern channel, LossReason reason) => Fault ??= $"lost: {reason}";
        public void OnTooSlow(Subscription subscription, ChannelPattern channel) => Fault ??= "too slow";
        public void OnChannelDeleted(Subscription subscription, ChannelPattern channel) => Fault ??= "deleted";
    }

    readonly List<Exception> failures = [];

    [Fact]
    public async Task Everybody_sees_each_message_once_and_each_publishers_in_order()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("PATTERN_STRESS_SEED"), out int given) ? given : Random.Shared.Next();
        long before = SharedBytes.Outstanding;
        LateStore store = new();
        Hub hub = new(new() { HistoryMessages = Publishers * Each, Store = store, OnFailed = (_, failure) => { lock (failures) failures.Add(failure); } }, new Pool());
        Task publishing = Task.WhenAll(Enumerable.Range(0, Publishers).Select(publisher => Task.Run(() => PublishAsync(hub, publisher, new(seed + publisher)))));
        Task committing = Task.Factory.StartNew(() => store.CommitUntil(hub, publishing, new(seed)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Task<List<long>>[] visits = [.. Enumerable.Range(0, 4).Select(one => Task.Run(() => VisitAsync(hub, one % 2 == 0 ? "n.*" : "*", new(seed + 100 + one))))];
        try
        {
            foreach (List<long> seen in await Task.WhenAll(visits).WaitAsync(TimeSpan.FromSeconds(60))) Check(seen);
            await publishing.WaitAsync(TimeSpan.FromSeconds(60));
            await committing.WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"somebody was forgotten, seed {seed}");
        }
        Assert.Empty(failures);
        foreach (ChannelName name in Names) hub.Delete(name, out _);
        Assert.True(SpinWait.SpinUntil(() => EndedAll(hub), TimeSpan.FromSeconds(30)), $"a pattern stayed, seed {seed}");
        Assert.Equal((0, 0L), (store.MessagesKept, SharedBytes.Outstanding - before));
    }

    static bool EndedAll(Hub hub)
    {
        hub.Patterns.EndUnused();
        return hub.Patterns.Count == 0 && hub.MessagesInUse == 0;
    }

    static void Check(List<long> seen)
    {
        Assert.Equal(Publishers * Each, seen.Count);
        for (int publisher = 0; publisher < Publishers; publisher++)
            Assert.Equal(Enumerable.Range(0, Each).Select(i => (long)(publisher * Each + i)), seen.Where(number => number / Each == publisher));
    }

    static async Task PublishAsync(Hub hub, int publisher, Random random)
    {
        for (int i = 0; i < Each; i++)
        {
            PublishResult result = hub.Publish(new(Names[random.Next(Names.Length)], false, null), BitConverter.GetBytes((long)(publisher * Each + i)));
            if (result.Backlog < 50) continue;
            TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously), dispatched = new(TaskCreationOptions.RunContinuationsAsynchronously);
            hub.WhenDecided(result.Commit, written.SetResult);
            await written.Task;
            result.Channel!.WhenDispatched(dispatched.SetResult);
            await dispatched.Task;
        }
    }

    static async Task<List<long>> VisitAsync(Hub hub, string pattern, Random random)
    {
        List<long> all = [];
        string cursor = Cursor.Earliest;
        while (all.Count < Publishers * Each)
        {
            Visitor visitor = new(random.Next(), Math.Min(1 + random.Next(200), Publishers * Each - all.Count));
            Subscription subscription = hub.Subscribe([HubFixture.Pattern(pattern)], cursor, visitor, new(TransportKind.Events))!;
            Assert.True(subscription.Position.Recovered);
            subscription.Start();
            await visitor.Left.Task;
            Assert.Null(visitor.Fault);
            cursor = subscription.Cursor;
            all.AddRange(visitor.Seen);
            if (random.Next(3) == 0) hub.Patterns.EndUnused();
        }
        return all;
    }
}
