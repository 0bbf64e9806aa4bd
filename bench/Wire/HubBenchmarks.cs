using BenchmarkDotNet.Attributes;
using RawHub;

namespace RawRealtime.Bench;

/// <summary>One message through the hub: published, kept, and read by every subscriber, all on the thread that publishes.</summary>
public class HubBenchmarks : IHubScheduler
{
    readonly byte[] data = JsonMessages.Make(125, 1)[0];
    Hub hub = null!;
    Counting counting = null!;
    Publication what;

    /// <summary>How many subscribe.</summary>
    [Params(0, 1, 1_000)]
    public int Subscribers { get; set; }

    /// <summary>Prepares all.</summary>
    [GlobalSetup]
    public void Begin()
    {
        hub = new(new() { OnFailed = (_, failure) => throw new InvalidOperationException("A subscriber failed.", failure), HistoryMessages = 100 }, this);
        counting = new();
        ChannelName name = ChannelName.Parse("news");
        what = new(name, IsText: true, Event: null);
        for (int i = 0; i < Subscribers; i++)
            hub.Subscribe([new(name)], null, counting, new(TransportKind.WebSocket))!.Start();
        if (Publish() != Subscribers) throw new InvalidDataException("All must get it.");
    }

    /// <summary>Publishes one message.</summary>
    /// <returns>How many got it.</returns>
    [Benchmark]
    public int Publish()
    {
        int before = counting.Delivered;
        hub.Publish(what, data);
        return counting.Delivered - before;
    }

    /// <inheritdoc/>
    public void Schedule(IHubWork work) => work.Execute();

    sealed class Counting : ISubscriber
    {
        public int Delivered { get; private set; }

        public bool TryDeliver(Subscription subscription, PublishedMessage message)
        {
            Delivered++;
            return true;
        }

        public void EndBatch(Subscription subscription) { }

        public void OnLost(Subscription subscription, ChannelPattern channel, LossReason reason) => throw new InvalidOperationException("Nothing is lost here.");

        public void OnTooSlow(Subscription subscription, ChannelPattern channel) => throw new InvalidOperationException("Nobody is slow here.");

        public void OnChannelDeleted(Subscription subscription, ChannelPattern channel) => throw new InvalidOperationException("Nothing is deleted here.");
    }
}
