using RawNet;

namespace RawHub.Tests;

[Collection(nameof(SharedBytes))] // counts blocks of the whole process
public class PublishedMessageTests
{
    sealed class CountingFormat(int slot) : MessageFormat(slot)
    {
        internal int Encodings;

        public override SharedBytes Encode(PublishedMessage message)
        {
            Interlocked.Increment(ref Encodings);
            return SharedBytes.Copy([(byte)'<', .. message.Payload.Span, (byte)'>']);
        }
    }

    [Fact]
    public void Each_format_is_written_once_however_many_ask_at_the_same_moment()
    {
        HubFixture fixture = new();
        CountingFormat first = new(0), last = new(MessageFormat.MaxFormats - 1);
        PublishedMessage? kept = null;
        fixture.Subscribe("a").Before = message =>
        {
            message.AddRef();
            kept = message;
            return true;
        };
        fixture.Publish("a", "x");
        Parallel.For(0, 100, _ =>
        {
            Assert.Equal("<x>"u8, kept!.Encoded(first).Span);
            Assert.Same(kept.Encoded(last), kept.Encoded(last));
        });
        Assert.Equal((1, 1), (first.Encodings, last.Encodings));
        kept!.Release();
    }

    [Fact]
    public void A_format_has_one_of_eight_slots()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CountingFormat(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CountingFormat(MessageFormat.MaxFormats));
    }

    [Fact]
    public void The_last_release_gives_payload_and_encodings_back()
    {
        long before = SharedBytes.Outstanding;
        HubFixture fixture = new(messages: 0);
        CountingFormat format = new(0);
        fixture.Subscribe("a").Before = message => message.Encoded(format).Length == 3;
        fixture.Publish("a", "x");
        Assert.Equal(1, format.Encodings);
        Assert.Equal(0, fixture.Hub.MessagesInUse);
        Assert.Equal(before, SharedBytes.Outstanding);
    }

    [Fact]
    public void Use_after_release_is_found_out()
    {
        HubFixture fixture = new(messages: 0);
        PublishedMessage? stale = null;
        fixture.Subscribe("a").Before = message =>
        {
            stale = message;
            return true;
        };
        fixture.Publish("a", "x");
        Assert.Throws<InvalidOperationException>(stale!.AddRef);
#if DEBUG
        Assert.Throws<ObjectDisposedException>(() => stale.Offset);
        Assert.Throws<ObjectDisposedException>(() => stale.Payload);
#endif
    }

    [Fact]
    public void One_release_too_many_is_found_out()
    {
        HubFixture fixture = new(messages: 0);
        PublishedMessage? stale = null;
        fixture.Subscribe("a").Before = message =>
        {
            stale = message;
            return true;
        };
        fixture.Publish("a", "x");
        Assert.Throws<InvalidOperationException>(stale!.Release);
    }
}
