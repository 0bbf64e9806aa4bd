using RawNet;

namespace RawHub.Tests;

[Collection(nameof(SharedBytes))] // a quiet process: nothing else runs beside it
public class HubAllocationTests
{
    sealed class Wire(int slot) : MessageFormat(slot)
    {
        public override SharedBytes Encode(PublishedMessage message) => MessageJson.Encode(message);
    }

    sealed class Counter(Wire wire, bool joins) : ISubscriber
    {
        internal long Bytes;

        public MessageFormat? JoinsIn(Subscription subscription) => joins ? wire : null;

        public bool TryDeliver(Subscription subscription, in JoinedMessages joined)
        {
            Bytes += joined.Bytes.Length;
            return true;
        }

        public bool TryDeliver(Subscription subscription, PublishedMessage message)
        {
            Span<byte> cursor = stackalloc byte[Cursor.MaxLength(1)];
            Bytes += message.Encoded(wire).Length + subscription.FormatCursor(cursor);
            return true;
        }

        public void EndBatch(Subscription subscription) { }
        public void OnLost(Subscription subscription, ChannelPattern channel, LossReason reason) { }
        public void OnTooSlow(Subscription subscription, ChannelPattern channel) { }
        public void OnChannelDeleted(Subscription subscription, ChannelPattern channel) { }
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 10)]
    [InlineData(true, 1)]
    [InlineData(true, 10)]
    public void A_message_published_encoded_and_delivered_to_many_allocates_nothing_when_warm(bool joins, int atOnce)
    {
        HubFixture fixture = new(messages: 100) { IsHeld = true };
        Wire wire = new(0);
        ChannelName name = ChannelName.Parse("a");
        Counter[] subscribers = [.. Enumerable.Range(0, 10).Select(_ => new Counter(wire, joins))];
        foreach (Counter subscriber in subscribers) fixture.Hub.Subscribe([new(name)], null, subscriber, new(TransportKind.Events))!.Start();
        byte[] data = new byte[200];
        void Publish(int times)
        {
            for (int i = 0; i < times; i++)
            {
                fixture.Hub.Publish(new(name, IsText: true, "tick", 1_000 + i), data);
                if (i % atOnce == 0) fixture.RunAll();
            }
        }

        Publish(2_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Publish(10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.All(subscribers, subscriber => Assert.True(subscriber.Bytes > 11_900 * 200));
    }
}
