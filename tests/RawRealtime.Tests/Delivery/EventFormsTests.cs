using System.Text;
using RawHttp.Wire;
using RawHub;
using RawNet;
using RawRealtime.Delivery;

namespace RawRealtime.Tests.Delivery;

/// <summary>Each form of an event is made once per message.</summary>
public sealed class EventFormsTests : IDisposable
{
    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void The_second_who_asks_gets_the_same_block_and_the_sum_is_that_of_the_plain_event()
    {
        int looks = 0;
        using Subscription subscription = rig.Server.Hub.Subscribe([default(ChannelPattern)], null, new Looking(message =>
        {
            looks++;
            foreach (EventForms forms in (EventForms[])[Formats.DataEvents, Formats.JsonEvents])
            {
                SharedBytes plain = forms.Plain(message), zipped = forms.Gzip(message, out GzipSum sum);
                Assert.Same(plain, forms.Plain(message));
                Assert.Same(zipped, forms.Gzip(message, out GzipSum again));
                Assert.Equal(sum, again);
                Assert.Equal(GzipSum.Of(EventFormat.ContentOf(plain)), sum);
                Assert.StartsWith("id: epoch001-1\ndata: ", Encoding.UTF8.GetString(EventFormat.ContentOf(plain)));
            }
            Assert.NotEqual(Formats.DataEvents.Plain(message), Formats.JsonEvents.Plain(message));
        }), new(TransportKind.Events))!;
        subscription.Start();
        rig.Publish("channel=default", new('m', 3000));
        Assert.Equal(1, looks);
    }
}
