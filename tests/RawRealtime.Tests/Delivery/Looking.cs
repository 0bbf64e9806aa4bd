using RawHub;

namespace RawRealtime.Tests.Delivery;

/// <summary>A subscriber that looks at each message and keeps nothing.</summary>
sealed class Looking(Action<PublishedMessage> look) : ISubscriber
{
    internal int Count { get; private set; }

    public bool TryDeliver(Subscription subscription, PublishedMessage message)
    {
        look(message);
        Count++;
        return true;
    }

    public void EndBatch(Subscription subscription) { }

    public void OnLost(Subscription subscription, ChannelPattern channel, LossReason reason) { }

    public void OnTooSlow(Subscription subscription, ChannelPattern channel) { }

    public void OnChannelDeleted(Subscription subscription, ChannelPattern channel) { }
}
