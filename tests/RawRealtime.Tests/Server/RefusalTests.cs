using RawHttp.Wire;
using RawLongPoll.Wire;
using RawRealtime.Server;

namespace RawRealtime.Tests.Server;

public sealed class RefusalTests
{
    [Fact]
    public void A_broken_rule_of_each_part_is_a_refusal_by_its_name()
    {
        Assert.Equal((421, "unknown-host"), Told(ServerFault.UnknownHost));
        Assert.Equal((403, "origin-refused"), Told(HttpFault.OriginRefused));
        Assert.Equal((400, "bad-wait"), Told(PollFault.BadWait));
        Assert.Equal(["", "invalid_token", null], new Refusal[] { ServerFault.TokenMissing, ServerFault.TokenExpired, ServerFault.BadQuery }.Select(refusal => refusal.Challenge));
    }

    [Fact]
    public void None_refuses_nothing()
    {
        Assert.False(((Refusal)ServerFault.None).IsRefused);
        Assert.False(((Refusal)HttpFault.None).IsRefused);
        Assert.False(((Refusal)PollFault.None).IsRefused);
        Assert.False(Refusal.None.IsRefused);
    }

    static (int Status, string Code) Told(Refusal refusal)
    {
        Assert.True(refusal.IsRefused);
        Assert.NotEmpty(refusal.Detail);
        return (refusal.Status, refusal.Code);
    }
}
