using RawNet;
using Testing;

namespace RawWebSocket.Tests;

public sealed class WsPatienceTests
{
    static WsPatience Begun(long now = 0)
    {
        var patience = new WsPatience(new Heartbeat(new ManualTime()).Register(null), WsOptions.Default);
        patience.Begin(now);
        return patience;
    }

    [Fact]
    public void A_peer_heard_of_late_is_waited_for_anew()
    {
        WsPatience patience = Begun();
        patience.Heard(20_000);
        Assert.Equal(DueStep.Wait, patience.OnDue(25_000, isReading: true));
        Assert.Equal(DueStep.Ping, patience.OnDue(45_000, isReading: true));
    }

    [Fact]
    public void A_ping_without_any_sign_is_the_end_and_one_with_a_sign_is_not()
    {
        WsPatience patience = Begun();
        Assert.Equal(DueStep.Ping, patience.OnDue(25_000, isReading: true));
        patience.Heard(25_000); // in the same tick as the ping
        Assert.Equal(DueStep.Wait, patience.OnDue(35_000, isReading: true));
        Assert.Equal(DueStep.Ping, patience.OnDue(50_000, isReading: true));
        Assert.Equal(DueStep.GiveUpSilent, patience.OnDue(60_000, isReading: true));
    }

    [Fact]
    public void Silence_while_nobody_reads_is_ours()
    {
        WsPatience patience = Begun();
        Assert.Equal(DueStep.Ping, patience.OnDue(25_000, isReading: true));
        Assert.Equal(DueStep.Wait, patience.OnDue(35_000, isReading: false));
        Assert.Equal(DueStep.Ping, patience.OnDue(60_000, isReading: true));
    }

    [Fact]
    public void Closing_has_one_limit_that_nothing_puts_off()
    {
        WsPatience patience = Begun();
        patience.BeginClosing(1_000);
        patience.Heard(5_900);
        Assert.Equal(DueStep.GiveUpClosing, patience.OnDue(6_000, isReading: true));
    }

    [Fact]
    public void Closing_may_begin_before_anything_else()
    {
        var time = new ManualTime();
        using var heartbeat = new Heartbeat(time);
        var due = new Due();
        var patience = new WsPatience(heartbeat.Register(due), WsOptions.Default);
        patience.BeginClosing(0);
        patience.Begin(0);
        time.Advance(5_200);
        Assert.True(due.HasCome);
    }

    sealed class Due : IDeadlineOwner
    {
        public bool HasCome { get; private set; }
        public void OnDue(long nowMilliseconds) => HasCome = true;
    }
}
