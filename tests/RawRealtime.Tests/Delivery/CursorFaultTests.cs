using RawRealtime.Delivery;

namespace RawRealtime.Tests.Delivery;

public sealed class CursorFaultTests
{
    [Theory] // Clients rely on these names.
    [InlineData(nameof(CursorFault.BadMessage), "bad-message")]
    [InlineData(nameof(CursorFault.UnknownType), "unknown-type")]
    [InlineData(nameof(CursorFault.NotText), "not-text")]
    [InlineData(nameof(CursorFault.BadChannel), "bad-channel")]
    [InlineData(nameof(CursorFault.ReservedChannel), "reserved-channel")]
    [InlineData(nameof(CursorFault.BadEvent), "bad-event")]
    [InlineData(nameof(CursorFault.BadEncoding), "bad-encoding")]
    [InlineData(nameof(CursorFault.BadTtl), "bad-ttl")]
    [InlineData(nameof(CursorFault.AlreadySubscribed), "already-subscribed")]
    [InlineData(nameof(CursorFault.NotSubscribed), "not-subscribed")]
    [InlineData(nameof(CursorFault.TooManyChannels), "too-many-channels")]
    [InlineData(nameof(CursorFault.HubFull), "hub-full")]
    [InlineData(nameof(CursorFault.StoreFailed), "store-failed")]
    [InlineData(nameof(CursorFault.ChannelDeleted), "channel-deleted")]
    [InlineData(nameof(CursorFault.MayNotPublish), "may-not-publish")]
    [InlineData(nameof(CursorFault.MayNotSubscribe), "may-not-subscribe")]
    public void Each_fault_has_a_stable_code_and_a_sentence(string name, string code)
    {
        CursorFault fault = Enum.Parse<CursorFault>(name);
        Assert.Equal(code, CursorFaults.CodeOf(fault));
        Assert.NotEmpty(CursorFaults.DetailOf(fault));
    }

    [Fact]
    public void None_is_no_fault()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CursorFaults.CodeOf(CursorFault.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => CursorFaults.DetailOf(CursorFault.None));
        Assert.Equal(1 + 16, Enum.GetValues<CursorFault>().Length); // as many as rows above
    }
}
